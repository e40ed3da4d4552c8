package org.aula.local;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.edge.Envoy;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.testing.TestEngines;
import org.jspecify.annotations.Nullable;

/// Everything, once for all tests of this JVM: the mesh on this JVM's own database, and Envoy in front of
/// it.
public final class Edge {

    /// Who signed in, with what.
    public record Person(UUID id, String email, String password, String token) {}

    private static final String PASSWORD = "correct horse battery";
    private static @Nullable Edge running;

    private final Mesh mesh;
    private final Envoy envoy;
    private final ManagedChannel channel;
    private final HttpClient http = HttpClient.newHttpClient();

    private Edge(Mesh mesh, Envoy envoy) {
        this.mesh = mesh;
        this.envoy = envoy;
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", envoy.port())
                .usePlaintext()
                .build();
    }

    /// Starts it when it does not run yet.
    public static Edge get() throws Exception {
        if (running == null) {
            running = open();
        }
        return running;
    }

    private static Edge open() throws Exception {
        var environment = new HashMap<>(TestEngines.forServices());
        var ports = new HashMap<String, String>();
        for (var name : Mesh.SERVICES) {
            ports.put(name.toUpperCase(Locale.ROOT) + "_PORT", Integer.toString(Envoy.freePort()));
        }
        ports.put("BFF_PORT", Integer.toString(Envoy.freePort()));
        environment.putAll(ports);
        // All of these tests call from one address.
        environment.put("AULA_AUTH_REGISTRATIONS_PER_ADDRESS", "100000");
        environment.put("AULA_AUTH_REGISTRATIONS_PER_NET", "100000");
        var mesh = Mesh.start(environment);
        var jwks = Files.readString(Path.of(environment.get("SECRETS_DIR"), "services", "jwks.json"));
        ports.put("EDGE_KEY", Files.readString(Path.of(environment.get("SECRETS_DIR"), "edge.key")));
        ports.put("SERVICE_JWKS", JsonParser.parseString(jwks).toString());
        var envoy = Envoy.start(ports);
        var edge = new Edge(mesh, envoy);
        edge.awaitHealthy();
        return edge;
    }

    private void awaitHealthy() throws Exception {
        org.aula.kernel.testing.Await.until(
                "an answer through Envoy",
                () -> http.send(HttpRequest.newBuilder(uri("/healthz")).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    public Mesh mesh() {
        return mesh;
    }

    public URI uri(String path) {
        return envoy.uri(path);
    }

    /// gRPC through Envoy without a token.
    public Channel anonymous() {
        return channel;
    }

    /// gRPC through Envoy with a token.
    public Channel as(String token) {
        var headers = new Metadata();
        headers.put(CallHeaders.AUTHORIZATION, "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    public Channel as(Person person) {
        return as(person.token());
    }

    /// A GraphQL request through Envoy.
    ///
    /// @return the answer: `data`, `errors`, `extensions`
    public JsonObject graphql(@Nullable Person person, String document, JsonObject variables) throws Exception {
        var body = new JsonObject();
        body.addProperty("query", document);
        body.add("variables", variables);
        return JsonParser.parseString(post(person, body.toString()).body()).getAsJsonObject();
    }

    public HttpResponse<String> post(@Nullable Person person, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/graphql"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (person != null) {
            request.header("authorization", "Bearer " + person.token());
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /// Registers somebody whose account is verified then, with these roles beside `student`, and signs them in.
    public Person person(String... roles) {
        return register("ACTIVE", roles);
    }

    /// The same, but that the account is not verified.
    public Person unverified(String... roles) {
        return register("PENDING_VERIFICATION", roles);
    }

    private Person register(String status, String... roles) {
        var email = UUID.randomUUID() + "@test.example";
        var auth = AuthServiceGrpc.newBlockingStub(channel);
        var id = auth.register(RegisterRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setEmail(email)
                        .setPassword(PASSWORD)
                        .setFirstName("Test")
                        .setLastName("Person")
                        .build())
                .getAccount()
                .getId();
        TestEngines.superuser().useHandle(handle -> {
            handle.execute("UPDATE auth.accounts SET status = ? WHERE id = ?", status, UUID.fromString(id));
            for (var role : roles) {
                handle.createUpdate("INSERT INTO auth.account_roles (account_id, role) VALUES (?, ?)")
                        .bind(0, UUID.fromString(id))
                        .bind(1, role)
                        .execute();
            }
        });
        var login = auth.login(LoginRequest.newBuilder()
                .setIdentifier(email)
                .setPassword(PASSWORD)
                .build());
        return new Person(
                UUID.fromString(id), email, PASSWORD, login.getTokens().getAccessToken());
    }

    /// The file that `make run` would write for the demo: addresses, and a login of each role.
    public Path addresses() throws IOException {
        var logins = new JsonArray();
        for (var role : new String[] {"admin", "instructor", "student"}) {
            var person = role.equals("student") ? person() : person(role);
            var login = new JsonObject();
            login.addProperty("role", role);
            login.addProperty("email", person.email());
            login.addProperty("password", person.password());
            logins.add(login);
        }
        var addresses = new JsonObject();
        addresses.addProperty("graphql", uri("/graphql").toString());
        addresses.addProperty("grpc", uri("").toString());
        addresses.add("logins", logins);
        addresses.addProperty("mail", TestEngines.forServices().get("MAIL_API_URL"));
        return Files.writeString(Files.createTempFile("addresses", ".json"), addresses.toString());
    }

    public static JsonObject variables(Map<String, ?> input) {
        var variables = new JsonObject();
        variables.add("input", new com.google.gson.Gson().toJsonTree(input));
        return variables;
    }
}
