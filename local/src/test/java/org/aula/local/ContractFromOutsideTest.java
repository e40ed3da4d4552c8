package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What a partner finds at the edge who has no clone: reflection, JSON, REST, and the reference that tries
/// methods.
final class ContractFromOutsideTest {

    private static final String GET_COURSE = "aula.courses.v1.CourseService/GetCourse";
    private static final Path TRY_IT = Path.of("..", "bff-graphql", "target", "classes", "graphiql", "reference.js");

    @Test
    void reflectionTellsEveryDomain() throws Exception {
        for (var version : new String[] {"v1", "v1alpha"}) {
            assertThat(services(version).getListServicesResponse().getServiceList())
                    .as(version)
                    .extracting(service -> service.getName())
                    .contains("aula.courses.v1.CourseService", "aula.enrollments.v1.CertificateService")
                    .doesNotContain("aula.auth.v1.MailService");
        }
    }

    @Test
    void jsonReachesTheServicesAndBringsTheirRefusals() throws Exception {
        var categories = send(HttpRequest.newBuilder(Edge.get().uri("/v1/categories?pageSize=1")));
        var certificate = send(HttpRequest.newBuilder(Edge.get().uri("/v1/certificates/0000-0000-0000-0000")));
        var invalid = post("/" + GET_COURSE, "{\"courseId\": \"one\"}");
        var unsigned = post("/aula.users.v1.UserService/GetUser", "{}");

        assertThat(categories.statusCode()).isEqualTo(200);
        assertThat(certificate.statusCode()).isIn(400, 404);
        assertThat(certificate.body()).contains("google.rpc.ErrorInfo", "\"reason\":\"CERTIFICATE_N");
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(invalid.body())
                .contains("google.rpc.BadRequest", "\"field\":\"course_id\"", "\"reason\":\"VALIDATION_FAILED\"");
        assertThat(unsigned.statusCode()).isEqualTo(401);
        assertThat(unsigned.body()).contains("\"reason\":\"TOKEN_MISSING\"");
    }

    @Test
    void theReferenceTriesMethodsByGrpcWeb() throws Exception {
        var person = Edge.get().person();

        assertThat(tryIt("aula.courses.v1.CategoryService/ListCategories", "{\"pageSize\": 1}", ""))
                .contains("\"answer\":{");
        assertThat(tryIt(GET_COURSE, "{\"slug\": \"there-is-none\"}", ""))
                .contains("\"code\":5", "\"reason\":\"COURSE_NOT_FOUND\"");
        assertThat(tryIt(
                        "aula.auth.v1.SessionService/ListSessions",
                        "{\"userId\": \"" + person.id() + "\"}",
                        person.token()))
                .contains("\"answer\":{", "\"sessions\"");
    }

    private static String tryIt(String method, String json, String token) throws Exception {
        var base = Edge.get().uri("").toString();
        var script = "const { call, registryOf } = await import(process.argv[1]);"
                + "const [base, method, json, token] = process.argv.slice(2);"
                + "console.log(JSON.stringify(await call(await registryOf(base), method, json, token, base)));";
        var process = new ProcessBuilder(
                        "node",
                        "--input-type=module",
                        "-e",
                        script,
                        TRY_IT.toRealPath().toUri().toString(),
                        base,
                        method,
                        json,
                        token)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(Edge.get().uri(path))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static ServerReflectionResponse services(String version) throws Exception {
        var method = MethodDescriptor.<ServerReflectionRequest, ServerReflectionResponse>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName("grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo")
                .setRequestMarshaller(ProtoUtils.marshaller(ServerReflectionRequest.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(ServerReflectionResponse.getDefaultInstance()))
                .build();
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var stream = ClientCalls.asyncBidiStreamingCall(
                Edge.get().anonymous().newCall(method, CallOptions.DEFAULT),
                new StreamObserver<ServerReflectionResponse>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable refused) {
                        answer.completeExceptionally(refused);
                    }

                    @Override
                    public void onCompleted() {}
                });
        stream.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        stream.onCompleted();
        return answer.get(10, TimeUnit.SECONDS);
    }
}
