package org.aula.bff.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.aula.bff.testing.TestGateway;
import org.aula.kernel.contract.ContractFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What partners get of the contract.
@Tag("fast")
class ContractPagesTest {

    @Test
    void theDescriptorsAreWholeAndKeepTheirCommentsWithoutWhatIsForServices() throws Exception {
        try (var gateway = new TestGateway()) {
            var answer = get(gateway, "/contract/aula.binpb");
            var files = FileDescriptorSet.parseFrom(answer.body()).getFileList();
            var built = new HashMap<String, FileDescriptor>();
            for (var file : files) {
                built.put(
                        file.getName(),
                        FileDescriptor.buildFrom(
                                file,
                                file.getDependencyList().stream()
                                        .map(built::get)
                                        .toArray(FileDescriptor[]::new)));
            }

            var auth =
                    requireNonNull(built.get("aula/auth/v1/auth_service.proto")).findServiceByName("AuthService");
            assertThat(auth.findMethodByName("Login")).isNotNull();
            assertThat(auth.findMethodByName("GetRegistration")).isNull();
            assertThat(built).containsKey("google/rpc/error_details.proto");
            assertThat(comment(
                            auth.getFile().toProto(),
                            auth.findMethodByName("Logout").getIndex()))
                    .isEqualTo(originalComment("Logout"));
        }
    }

    @Test
    void theSdlCanBeReadAndListsTheCodesOfEveryMutation() throws Exception {
        try (var gateway = new TestGateway()) {
            var sdl = new String(get(gateway, "/contract/schema.graphqls").body(), StandardCharsets.UTF_8);

            var types = new SchemaParser().parse(sdl);
            var mutation = requireNonNull(types.getTypeOrNull("Mutation", ObjectTypeDefinition.class));
            assertThat(mutation.getFieldDefinitions())
                    .isNotEmpty()
                    .allSatisfy(field -> assertThat(
                                    requireNonNull(field.getDescription()).getContent())
                            .contains("Codes of its `userErrors`: "));
            assertThat(sdl)
                    .contains("directive @cost(", "@listSize(assumed")
                    .containsPattern("CATEGORY_NAME_TAKEN[A-Z_, ]+VALIDATION_FAILED");
            assertThat(types.getDirectiveDefinition("id")).isPresent();
        }
    }

    @Test
    void theReferenceTellsEveryMethodOfEveryDomainAndRunsNoScriptOfOthers() throws Exception {
        try (var gateway = new TestGateway()) {
            assertThat(page(gateway, "/contract")).contains("/contract/courses", "VALIDATION_FAILED");
            for (var domain : ContractFiles.domains()) {
                var html = page(gateway, "/contract/" + domain);
                assertThat(html)
                        .as(domain)
                        .contains("src=\"/graphiql/reference.js\"")
                        .doesNotContainPattern("(src|href)=\"http");
            }
            var courses = page(gateway, "/contract/courses");
            assertThat(courses)
                    .contains(
                            "aula.courses.v1.CategoryService/CreateCategory",
                            "holders of categories:write",
                            "CATEGORY_NAME_TAKEN",
                            "max_len: 100",
                            "GET /v1/courses/{course_id}",
                            "CoursePublished");
            assertThat(page(gateway, "/contract/auth")).doesNotContain("GetRegistrationRequest");
            assertThat(get(gateway, "/contract/nothing").statusCode()).isEqualTo(404);
            assertThat(get(gateway, "/graphiql/reference.js").statusCode()).isEqualTo(200);
            assertThat(get(gateway, "/contract/courses").headers().firstValue("content-security-policy"))
                    .get()
                    .asString()
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    private static String originalComment(String method) {
        var service = ContractFiles.method("aula.auth.v1.AuthService/" + method);
        return comment(service.getFile().toProto(), service.getIndex());
    }

    /// The comment of a method of the file's service `AuthService`.
    private static String comment(FileDescriptorProto file, int method) {
        for (var location : file.getSourceCodeInfo().getLocationList()) {
            var path = location.getPathList();
            if (path.size() == 4 && path.get(0) == 6 && path.get(2) == 2 && path.get(3) == method) {
                return location.getLeadingComments();
            }
        }
        throw new AssertionError("no comment");
    }

    private static String page(TestGateway gateway, String path) throws Exception {
        var answer = get(gateway, path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/html");
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> get(TestGateway gateway, String path) throws Exception {
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(gateway.address().resolve(path)).build(), BodyHandlers.ofByteArray());
        }
    }
}
