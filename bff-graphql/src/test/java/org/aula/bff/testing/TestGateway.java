package org.aula.bff.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.aula.bff.Bff;
import org.aula.bff.engine.GlobalId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A running gateway, the services behind it being fakes in this process. As a JUnit extension it forgets
/// before each test what it was asked and told, and ends with its class.
public final class TestGateway implements AutoCloseable, BeforeEachCallback, AfterAllCallback {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeServices fakeServices = new FakeServices();
    private final List<Metadata> headers = new CopyOnWriteArrayList<>();
    private final Map<String, Server> servers = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ApplicationContext context;
    private final URI address;

    public TestGateway() {
        this("");
    }

    /// @param nowhere a service whose address the gateway is not told
    public TestGateway(String nowhere) {
        this(nowhere, Map.of());
    }

    /// @param settings what else the environment says
    public TestGateway(Map<String, String> settings) {
        this("", settings);
    }

    private TestGateway(String nowhere, Map<String, String> settings) {
        try {
            var environment = new HashMap<>(settings);
            environment.put("BFF_PORT", "0");
            environment.put("SECRETS_DIR", secrets());
            for (var service : fakeServices.services().entrySet()) {
                var name = service.getKey() + "-" + UUID.randomUUID();
                if (service.getKey().equals(nowhere)) {
                    continue;
                }
                environment.put(service.getKey().toUpperCase(Locale.ROOT) + "_TARGET", "inprocess:" + name);
                var builder = InProcessServerBuilder.forName(name)
                        .intercept(new Recorder())
                        .addService(new HealthStatusManager().getHealthService());
                service.getValue().forEach(builder::addService);
                servers.put(service.getKey(), builder.build().start());
            }
            context = Bff.start(environment);
            address = context.getBean(EmbeddedServer.class).getURI();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        forget();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    /// Where the gateway listens.
    public URI address() {
        return address;
    }

    /// The beans of the gateway.
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// The UUID that the fake services give to a name.
    public static String uuid(String name) {
        return FakeServices.id(name);
    }

    /// The global id that the fake services give to a name.
    public static String id(String type, String name) {
        return GlobalId.of(type, FakeServices.id(name));
    }

    /// Requests that reached the services since the last [#forget].
    public List<Object> requests() {
        return fakeServices.requests;
    }

    /// The headers that came with them.
    public List<Metadata> headers() {
        return headers;
    }

    /// The one request of a type that reached the services.
    public <Q> Q request(Class<Q> type) {
        var found = requests().stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError("not one " + type.getSimpleName() + " in " + requests());
        }
        return found.getFirst();
    }

    /// Lets the services answer requests of a type so; others get an empty answer.
    public <Q extends Message> void answer(Class<Q> type, Function<Q, Message> answer) {
        fakeServices.on(type, answer);
    }

    /// Lets the services answer requests of all other types so, given an empty answer.
    public void answerAll(UnaryOperator<Message> fill) {
        fakeServices.otherwise = fill;
    }

    /// The server streams that were opened, in order.
    public List<FakeStream> streams() {
        return fakeServices.streams;
    }

    /// Does something with each stream that is opened from now on.
    public void onStream(Consumer<FakeStream> told) {
        fakeServices.onStream = told;
    }

    /// Lets the services refuse; null for no more.
    public void refuse(@Nullable StatusRuntimeException refusal) {
        fakeServices.refusal = refusal;
    }

    /// Lets the services answer nothing any more.
    ///
    /// @return counts down when a call is cancelled
    public CountDownLatch hang() {
        var latch = new CountDownLatch(1);
        fakeServices.cancelled = latch;
        return latch;
    }

    /// Takes a service away.
    public void stop(String service) {
        java.util.Objects.requireNonNull(servers.get(service)).shutdownNow();
    }

    /// As new.
    public void forget() {
        fakeServices.forget();
        headers.clear();
    }

    /// Asks as a visitor.
    public JsonNode ask(String query) {
        return ask(query, Map.of(), null);
    }

    /// Asks as a user with a token that only the fake services believe.
    public JsonNode askSignedIn(String query) {
        return ask(query, Map.of(), token());
    }

    /// Asks with everything.
    public JsonNode ask(String query, Map<String, ?> variables, @Nullable String token) {
        try {
            var body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
            var request = HttpRequest.newBuilder(address.resolve("/graphql"))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (token != null) {
                request.header("authorization", "Bearer " + token);
            }
            return JSON.readTree(send(request.build()).body());
        } catch (IOException notJson) {
            throw new IllegalStateException(notJson);
        }
    }

    /// Sends any request.
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// A token whose subject is `me`.
    public static String token() {
        var claims = "{\"sub\":\"" + FakeServices.id("me") + "\"}";
        return "e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".x";
    }

    @Override
    public void close() {
        context.close();
        servers.values().forEach(Server::shutdownNow);
    }

    private static String secrets() throws Exception {
        var folder = Files.createTempDirectory("bff-secrets");
        var services = Files.createDirectory(folder.resolve("services"));
        var key = new ECKeyGenerator(Curve.P_256).keyID("bff").generate();
        Files.writeString(services.resolve("bff.jwk"), key.toJSONString());
        Files.writeString(services.resolve("jwks.json"), new JWKSet(key).toString());
        return folder.toString();
    }

    private final class Recorder implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            headers.add(metadata);
            return next.startCall(call, metadata);
        }
    }

    /// The texts of a JSON array.
    public static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
