package org.aula.edge;

import com.google.rpc.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.aula.api.common.v1.ErrorReason;
import org.aula.edge.Contract.Method;

/// Makes Envoy's configuration: the template, with the routes, clusters and refusals that follow from the
/// contract in place of the lines `# @@…@@`. Ports, keys and settings (`@@EDGE_PORT@@`, `@@SERVICE_JWKS@@`,
/// `@@CORS_ORIGINS@@`) stay for whoever starts Envoy.
public final class EdgeConfiguration {

    /// The edge waits this much longer than the service's own cap, so that the service's refusal, which
    /// tells more, arrives first.
    static final Duration GRACE = Duration.ofMillis(500);

    /// Envoy's response flags that mean: the service could not be reached, or went away in the middle.
    private static final String AWAY = "UH, UF, UO, UC, UR, LR, URX, NC";

    /// A server ends a call whose caller's deadline is over without a word: the edge says it a little before.
    private static final String EARLIER = "grpc_timeout_header_offset: 0.010s";

    /// As much as the gateway hands on.
    private static final int MAX_PLAIN_BYTES = 256 * 1024;

    private static final String TEMPLATE = "/envoy/envoy.template.yaml";

    private final Contract contract;

    EdgeConfiguration(Contract contract) {
        this.contract = contract;
    }

    /// Writes the configuration.
    ///
    /// @param arguments the file to write
    /// @throws IOException if the contract or the template cannot be read or the file cannot be written
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("Wanted: the file to write");
        }
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, new EdgeConfiguration(Contract.read()).text());
    }

    /// The whole configuration as YAML, with the launcher's placeholders.
    String text() throws IOException {
        Map<String, List<String>> generated = Map.of(
                "ROUTES",
                        contract.methods().stream()
                                .map(EdgeConfiguration::route)
                                .toList(),
                "CLUSTERS",
                        contract.domains().stream()
                                .map(EdgeConfiguration::cluster)
                                .toList(),
                "UNAVAILABLE",
                        contract.domains().stream()
                                .map(EdgeConfiguration::unavailable)
                                .toList(),
                "COUNTED_METHODS",
                        contract.services().stream().map(this::counted).toList(),
                "JSON_REFUSALS", jsonRefusals(),
                "PLAIN_HTTP",
                        contract.methods().stream()
                                .map(Method::address)
                                .filter(address -> !address.isEmpty())
                                .map(EdgeConfiguration::plainHttp)
                                .toList(),
                "SERVICES", contract.services().stream().map("- "::concat).toList());
        var values = new HashMap<>(ownRefusals());
        values.put("@@DESCRIPTORS@@", Base64.getEncoder().encodeToString(contract.descriptors()));
        return template()
                .lines()
                .map(line -> fill(line, generated))
                .map(line -> replace(line, values))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /// What the template's own refusals need, by placeholder.
    private static Map<String, String> ownRefusals() {
        return Map.of(
                "@@AWAY@@", AWAY,
                "@@DETAILS_HEADER_INVALID@@",
                        ErrorDetails.refusal(
                                Code.INVALID_ARGUMENT,
                                ErrorReason.ERROR_REASON_HEADER_INVALID,
                                "A header is malformed.",
                                Map.of()),
                "@@DETAILS_TOKEN_INVALID@@",
                        ErrorDetails.refusal(
                                Code.UNAUTHENTICATED,
                                ErrorReason.ERROR_REASON_TOKEN_INVALID,
                                "Tokens of services are not taken from outside.",
                                Map.of()),
                "@@DETAILS_OVERLOADED@@",
                        ErrorDetails.passing(
                                Code.RESOURCE_EXHAUSTED,
                                ErrorReason.ERROR_REASON_OVERLOADED,
                                "Too many calls at once.",
                                Map.of()),
                "@@DETAILS_DEADLINE_EXCEEDED@@",
                        ErrorDetails.refusal(
                                Code.DEADLINE_EXCEEDED,
                                ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
                                "The work did not end in time.",
                                Map.of()));
    }

    /// A line `# @@NAME@@` becomes the generated lines, indented as it is; any other line stays.
    private static String fill(String line, Map<String, List<String>> generated) {
        String bare = line.strip();
        if (!bare.startsWith("# @@") || !bare.endsWith("@@")) {
            return line;
        }
        List<String> lines = generated.get(bare.substring(4, bare.length() - 2));
        if (lines == null) {
            throw new IllegalStateException("Nothing is generated for the template's line " + bare);
        }
        return lines.stream()
                .collect(Collectors.joining("\n"))
                .indent(line.indexOf('#'))
                .stripTrailing();
    }

    private static String replace(String line, Map<String, String> values) {
        String replaced = line;
        for (Map.Entry<String, String> value : values.entrySet()) {
            replaced = replaced.replace(value.getKey(), value.getValue());
        }
        return replaced;
    }

    private static String route(Method method) {
        return method.internal() ? refusal(method) : forward(method);
    }

    private static String forward(Method method) {
        String limit = method.deadline()
                .map(deadline -> seconds(deadline.plus(GRACE)))
                .map("max_stream_duration: {max_stream_duration: %1$s, grpc_timeout_header_max: %1$s, %%s}"::formatted)
                .orElse("max_stream_duration: {grpc_timeout_header_max: 0s, %s}")
                .formatted(EARLIER);
        return "- {match: {path: %s}, route: {cluster: %s, timeout: 0s, %s%s}%s}"
                .formatted(
                        method.path(),
                        method.domain(),
                        limit,
                        method.repeatable() ? ", retry_policy: *failed_connects" : "",
                        // JSON of a stream that broke off would look whole: the service refuses it with 415.
                        method.listening() ? ", typed_per_filter_config: *no_transcoding" : "");
    }

    private static String plainHttp(String path) {
        return """
                - match: {path: %s}
                  route: *bff
                  typed_per_filter_config:
                    envoy.filters.http.buffer:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.buffer.v3.BufferPerRoute
                      buffer: {max_request_bytes: %d}""".formatted(path, MAX_PLAIN_BYTES);
    }

    private static String refusal(Method method) {
        String message = "This method is for services only.";
        String details = ErrorDetails.refusal(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                message,
                Map.of("permissions", ""));
        return """
                - match: {path: %s}
                  direct_response: {status: 403, body: {inline_string: "%s"}}
                  response_headers_to_add:
                    - {header: {key: grpc-status-details-bin, value: "%s"}}
                    - {header: {key: access-control-allow-origin, value: "*"}}
                    - {header: {key: access-control-expose-headers, value: *exposed}}""".formatted(method.path(), message, details);
    }

    private static String cluster(String domain) {
        return """
                - name: %1$s
                  type: STATIC
                  connect_timeout: *connect_timeout
                  common_lb_config: *fail_fast
                  circuit_breakers: *limits
                  outlier_detection: *ejection
                  health_checks: [{timeout: 2s, interval: 5s, no_traffic_interval: 1s, unhealthy_interval: 1s, \
                unhealthy_threshold: 2, healthy_threshold: 1, grpc_health_check: {}}]
                  typed_extension_protocol_options:
                    envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                      "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                      explicit_http_config: {http2_protocol_options: {}}
                  load_assignment: {cluster_name: %1$s, endpoints: [{lb_endpoints: [{endpoint: {address: \
                {socket_address: {address: 127.0.0.1, port_value: @@%2$s_PORT@@}}}}]}]}""".formatted(domain, domain.toUpperCase(Locale.ROOT));
    }

    private static String unavailable(String domain) {
        String details = ErrorDetails.passing(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                "The service is away.",
                Map.of("service", domain));
        return """
                - filter: {and_filter: {filters: [*grpc, {response_flag_filter: {flags: [%s]}}, \
                {header_filter: {header: {name: ":path", string_match: {prefix: /aula.%s.}}}}]}}
                  headers_to_add: [{header: {key: grpc-status-details-bin, value: "%s"}}]
                  body_format_override: *plain""".formatted(AWAY, domain, details);
    }

    /// The same refusals for those who speak JSON, whose requests the transcoder marks by the path that they
    /// had.
    private List<String> jsonRefusals() {
        var refusals = new ArrayList<String>();
        refusals.add(jsonRefusal(
                "{metadata_filter: {matcher: {filter: envoy.filters.http.jwt_authn, path: [{key: aula-services}, "
                        + "{key: iss}], value: {string_match: {exact: aula-services}}}, match_if_key_not_found: false}}",
                401,
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_INVALID,
                "Tokens of services are not taken from outside.",
                ""));
        refusals.add(jsonRefusal(
                status(403),
                403,
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                "%LOCAL_REPLY_BODY%",
                "permissions: ''"));
        refusals.add(jsonRefusal(
                status(429),
                429,
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_OVERLOADED,
                "Too many calls at once.",
                ""));
        refusals.add(jsonRefusal(
                status(504),
                504,
                Code.DEADLINE_EXCEEDED,
                ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
                "The work did not end in time.",
                ""));
        for (var domain : contract.domains()) {
            refusals.add(jsonRefusal(
                    ("{and_filter: {filters: [{response_flag_filter: {flags: [%s]}}, "
                                    + "{header_filter: {header: {name: \":path\", string_match: {prefix: /aula.%s.}}}}]}}")
                            .formatted(AWAY, domain),
                    503,
                    Code.UNAVAILABLE,
                    ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                    "The service is away.",
                    "service: " + domain));
        }
        return refusals;
    }

    private static String status(int status) {
        return "{status_code_filter: {comparison: {op: EQ, value: {default_value: %1$d, runtime_key: edge.json_%1$d}}}}"
                .formatted(status);
    }

    private static String jsonRefusal(
            String filter, int status, Code code, ErrorReason reason, String message, String metadata) {
        var retry = code == Code.UNAVAILABLE || code == Code.RESOURCE_EXHAUSTED
                ? ", {\"@type\": type.googleapis.com/google.rpc.RetryInfo, retryDelay: 1s}"
                : "";
        return """
                - filter: {and_filter: {filters: [{header_filter: {header: {name: x-envoy-original-path, \
                present_match: true}}}, %s]}}
                  status_code: %d
                  body_format_override:
                    json_format: {code: %d, message: "%s", details: [{"@type": \
                type.googleapis.com/google.rpc.ErrorInfo, reason: %s, domain: aula, metadata: {%s}}%s]}""".formatted(filter, status, code.getNumber(), message, ErrorDetails.name(reason), metadata, retry);
    }

    private String counted(String service) {
        String names = contract.methods().stream()
                .filter(method -> method.service().equals(service))
                .map(Method::name)
                .collect(Collectors.joining(", "));
        return "- {name: %s, method_names: [%s]}".formatted(service, names);
    }

    private static String seconds(Duration duration) {
        return duration.toMillisPart() == 0
                ? duration.toSeconds() + "s"
                : "%d.%03ds".formatted(duration.toSeconds(), duration.toMillisPart());
    }

    private static String template() throws IOException {
        try (InputStream stream = EdgeConfiguration.class.getResourceAsStream(TEMPLATE)) {
            if (stream == null) {
                throw new IOException("No " + TEMPLATE + " on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
