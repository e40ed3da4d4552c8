package org.aula.edge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.aula.edge.Contract.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// What the configuration must say about the contract.
@Tag("fast")
final class EdgeConfigurationTest {

    private static Contract contract;
    private static String text;
    private static Map<String, Object> document;

    @BeforeAll
    static void read() throws Exception {
        contract = Contract.read();
        text = new EdgeConfiguration(contract).text();
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(10_000);
        options.setCodePointLimit(text.length() + 1);
        document = new Yaml(new SafeConstructor(options)).load(text.replaceAll("@@[A-Z_]+_PORT@@", "1"));
    }

    @Test
    void theLauncherFillsInPortsKeysAndSettingsAndNothingElse() {
        var placeholders = new TreeSet<String>();
        var matcher = Pattern.compile("@@(.*?)@@").matcher(text);
        while (matcher.find()) {
            placeholders.add(matcher.group(1));
        }

        var wanted = new TreeSet<>(List.of("EDGE_PORT", "ENVOY_ADMIN_PORT", "BFF_PORT", "SERVICE_JWKS"));
        wanted.addAll(Envoy.SETTINGS.keySet());
        contract.domains().forEach(domain -> wanted.add(domain.toUpperCase(java.util.Locale.ROOT) + "_PORT"));
        assertThat(placeholders).isEqualTo(wanted);
    }

    @Test
    void everyMethodHasOneRouteOfItsOwn() {
        assertThat(contract.methods()).isNotEmpty();
        assertThat(grpcRoutes().keySet())
                .containsExactlyElementsOf(
                        contract.methods().stream().map(Method::path).toList());
    }

    @Test
    void everyDomainWithAServiceHasACluster() {
        assertThat(list(at(document, "static_resources", "clusters")).stream()
                        .map(cluster -> (String) cluster.get("name")))
                .startsWith("bff", "reflection")
                .containsAll(contract.domains())
                .hasSize(contract.domains().size() + 2);
    }

    @Test
    void methodsForServicesOnlyAreRefusedWithADetail() throws Exception {
        var internal = contract.methods().stream().filter(Method::internal).toList();
        assertThat(internal)
                .extracting(Method::path)
                .contains(
                        "/aula.auth.v1.AuthService/GetRegistration",
                        "/aula.assignments.v1.QuizService/BatchCreateQuizzes");

        for (Method method : internal) {
            var route = requireNonNull(grpcRoutes().get(method.path()));
            assertThat(route).doesNotContainKey("route");
            assertThat(at(route, "direct_response", "status")).isEqualTo(403);
            var header = list(route.get("response_headers_to_add")).getFirst();
            var status = Status.parseFrom(Base64.getDecoder().decode((String) at(header, "header", "value")));
            assertThat(status.getCode()).isEqualTo(7);
            var info = status.getDetails(0).unpack(ErrorInfo.class);
            assertThat(info.getDomain()).isEqualTo("aula");
            assertThat(info.getReason()).isEqualTo("PERMISSION_MISSING");
        }
    }

    @Test
    void theEdgeWaitsAsLongAsTheContractAllowsAndAMomentMore() {
        for (Method method : open()) {
            var limit = map(at(grpcRoutes().get(method.path()), "route", "max_stream_duration"));
            var wanted = seconds(method.deadline().orElseThrow().plus(EdgeConfiguration.GRACE));
            assertThat(limit)
                    .as(method.path())
                    .containsEntry("max_stream_duration", wanted)
                    .containsEntry("grpc_timeout_header_max", wanted);
        }
    }

    @Test
    void onlyFailedConnectsOfRepeatableMethodsAreTriedAgain() {
        for (Method method : open()) {
            var route = map(at(grpcRoutes().get(method.path()), "route"));
            assertThat(route.containsKey("retry_policy")).as(method.path()).isEqualTo(method.repeatable());
            if (method.repeatable()) {
                assertThat(at(route, "retry_policy", "retry_on")).isEqualTo("connect-failure,refused-stream");
            }
        }
    }

    private static List<Method> open() {
        return contract.methods().stream().filter(method -> !method.internal()).toList();
    }

    private static String seconds(Duration duration) {
        return "%d.%03ds".formatted(duration.toSeconds(), duration.toMillisPart());
    }

    /// The routes with a path below `/aula.`, in order.
    private static Map<String, Map<String, Object>> grpcRoutes() {
        var listener = list(at(document, "static_resources", "listeners")).getFirst();
        var chain = list(listener.get("filter_chains")).getFirst();
        var manager = list(chain.get("filters")).getFirst();
        var host = list(at(manager, "typed_config", "route_config", "virtual_hosts"))
                .getFirst();
        var routes = new LinkedHashMap<String, Map<String, Object>>();
        var twice = new ArrayList<String>();
        for (Map<String, Object> route : list(host.get("routes"))) {
            if (at(route, "match", "path") instanceof String path && path.startsWith("/aula.")) {
                if (routes.put(path, route) != null) {
                    twice.add(path);
                }
            }
        }
        assertThat(twice).isEmpty();
        return routes;
    }

    private static @Nullable Object at(@Nullable Object node, String... keys) {
        Object found = node;
        for (String key : keys) {
            found = map(found).get(key);
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object node) {
        return (Map<String, Object>) requireNonNull(node);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(@Nullable Object node) {
        return (List<Map<String, Object>>) requireNonNull(node);
    }
}
