package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Map;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the user can fix is a userError; what is broken or forbidden is an error.
@Tag("fast")
class ErrorsTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String CREATE =
            "mutation { createCourse(input: {title: \"T\", price: {amountMinor: 1, currencyCode: \"EUR\"}})"
                    + " { course { id } userErrors { field message code } } }";

    @Test
    void everyBrokenFieldIsNamedByItsInputPath() {
        GATEWAY.refuse(
                Refusal.of(Code.INVALID_ARGUMENT, "VALIDATION_FAILED", Map.of("price.amount_minor", "too small")));

        var payload = GATEWAY.askSignedIn(CREATE).at("/data/createCourse");

        assertThat(payload.path("course").isNull()).isTrue();
        assertThat(TestGateway.texts(payload.at("/userErrors/0/field")))
                .containsExactly("input", "price", "amountMinor");
        assertThat(payload.at("/userErrors/0/message").asText()).isEqualTo("too small");
        assertThat(payload.at("/userErrors/0/code").asText()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void ofAFormWithManyBrokenFieldsTheFirstAreToldAndHowManyMore() {
        GATEWAY.refuse(Refusal.ofMany("requirements[%d]", 120));

        var errors = GATEWAY.askSignedIn(CREATE).at("/data/createCourse/userErrors");

        assertThat(errors).hasSize(31);
        assertThat(TestGateway.texts(errors.at("/29/field"))).containsExactly("input", "requirements", "29");
        assertThat(errors.at("/30/field").isNull()).isTrue();
        assertThat(errors.at("/30/message").asText()).isEqualTo("and 90 more");
        assertThat(errors.at("/30/code").asText()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void ofManyWrongIdsTheFirstAreToldAndHowManyMore() {
        var ids = String.join(", ", java.util.Collections.nCopies(120, "\"x\""));

        var errors = GATEWAY.askSignedIn("mutation { setCourseTags(input: {courseId: \""
                        + TestGateway.id("Course", "c") + "\", tagIds: [" + ids
                        + "]}) { userErrors { field message code } } }")
                .at("/data/setCourseTags/userErrors");

        assertThat(errors).hasSize(31);
        assertThat(TestGateway.texts(errors.at("/29/field"))).containsExactly("input", "tagIds", "29");
        assertThat(errors.at("/30/message").asText()).isEqualTo("and 90 more");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, IDEMPOTENCY_KEY_REUSED, requestId",
        "NOT_FOUND, CATEGORY_NOT_FOUND, categoryId",
        "ALREADY_EXISTS, SOMETHING_NEW,",
        "FAILED_PRECONDITION, ACCOUNT_STATUS_FORBIDS,",
        "ABORTED, REQUEST_IN_PROGRESS, requestId"
    })
    void whatTheUserCanFixIsAUserError(Code code, String reason, String field) {
        GATEWAY.refuse(Refusal.of(code, reason, Map.of()));

        var answer = GATEWAY.askSignedIn(CREATE);

        var error = answer.at("/data/createCourse/userErrors/0");
        assertThat(error.path("code").asText()).isEqualTo(reason);
        assertThat(error.at("/field/1").asText()).isEqualTo(field == null ? "" : field);
        assertThat(answer.has("errors")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, STORE_UNAVAILABLE",
        "INTERNAL, INTERNAL",
        "PERMISSION_DENIED, PERMISSION_MISSING",
        "PERMISSION_DENIED, ACCOUNT_UNVERIFIED",
        "UNAUTHENTICATED, TOKEN_EXPIRED",
        "RESOURCE_EXHAUSTED, OVERLOADED",
        "DEADLINE_EXCEEDED, DEADLINE_EXCEEDED"
    })
    void whatIsBrokenOrForbiddenIsAnError(Code code, String reason) {
        GATEWAY.refuse(Refusal.of(code, reason, Map.of()));

        var answer = GATEWAY.askSignedIn(CREATE);

        assertThat(answer.at("/data/createCourse").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo(code.name());
        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo(reason);
        assertThat(answer.at("/errors/0/extensions/requestId").asText())
                .isEqualTo(answer.at("/extensions/requestId").asText());
        assertThat(answer.at("/errors/0/path/0").asText()).isEqualTo("createCourse");
    }

    @Test
    void wrongCredentialsAreAUserError() {
        GATEWAY.refuse(Refusal.of(Code.UNAUTHENTICATED, "CREDENTIALS_INVALID", Map.of()));

        var answer = GATEWAY.ask(
                "mutation { login(input: {identifier: \"a\", password: \"b\"}) { tokens { accessToken } userErrors { code } } }");

        assertThat(answer.at("/data/login/userErrors/0/code").asText()).isEqualTo("CREDENTIALS_INVALID");
        assertThat(answer.has("errors")).isFalse();
    }

    @Test
    void whoTriedTooOftenIsToldHowLongToWait() {
        GATEWAY.refuse(Refusal.retryable(
                Code.RESOURCE_EXHAUSTED,
                "LOGIN_LIMITED",
                Duration.newBuilder().setSeconds(59).setNanos(1).build()));

        var answer =
                GATEWAY.ask("mutation { login(input: {identifier: \"a\", password: \"b\"}) { userErrors { code } } }");

        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo("LOGIN_LIMITED");
        assertThat(answer.at("/errors/0/extensions/retryAfterSeconds").asLong()).isEqualTo(60);
    }

    @Test
    void whatTheTransportSaysStaysInside() {
        GATEWAY.refuse(Status.UNKNOWN.withDescription("SELECT secret").asRuntimeException());

        var answer = GATEWAY.askSignedIn(CREATE);

        assertThat(answer.toString()).doesNotContain("secret");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("INTERNAL");
    }

    @Test
    void aDeadServiceBlanksAFieldAndNotThePage() {
        GATEWAY.refuse(Refusal.of(Code.UNAVAILABLE, "SERVICE_UNAVAILABLE", Map.of()));

        JsonNode answer = GATEWAY.ask("{ courses(first: 3) { nodes { title instructor { displayName } } } }");

        assertThat(answer.at("/data/courses/nodes")).hasSize(3);
        assertThat(answer.at("/data/courses/nodes/0/instructor").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo("SERVICE_UNAVAILABLE");
    }

    @Test
    void aCourseThatDoesNotExistIsNull() {
        GATEWAY.refuse(Refusal.of(Code.NOT_FOUND, "COURSE_NOT_FOUND", Map.of()));

        var answer = GATEWAY.ask("{ course(slug: \"none\") { title } }");

        assertThat(answer.at("/data/course").isNull()).isTrue();
        assertThat(answer.has("errors")).isFalse();
    }

    @Test
    void anIdOfTheWrongKindIsNamedBeforeAnyServiceIsAsked() {
        var lesson = TestGateway.id("Lesson", "x");

        var inMutation = GATEWAY.askSignedIn("mutation { createSection(input: {courseId: \"" + lesson
                + "\", title: \"T\"}) { userErrors { field code } } }");
        var inQuery = GATEWAY.ask("{ course(id: \"" + lesson + "\") { title } }");

        assertThat(TestGateway.texts(inMutation.at("/data/createSection/userErrors/0/field")))
                .containsExactly("input", "courseId");
        assertThat(inQuery.at("/errors/0/extensions/reason").asText()).isEqualTo("ID_INVALID");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void onlyWhatIsGivenIsChanged() {
        GATEWAY.askSignedIn(
                "mutation { updateCourse(input: {courseId: \"" + GlobalId.of("Course", TestGateway.uuid("c"))
                        + "\", title: \"New\", categoryId: null, thumbnailAssetId: null}) { course { id } } }");

        var request = (UpdateCourseRequest) GATEWAY.requests().getFirst();
        assertThat(request.getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("title", "category_id", "thumbnail_asset_id");
        assertThat(request.getCourseId()).isEqualTo(TestGateway.uuid("c"));
    }

    @Test
    void identityRequestIdAndTraceGoAlong() {
        GATEWAY.askSignedIn(CREATE);

        assertThat(((CreateCourseRequest) GATEWAY.requests().getFirst()).getRequestId())
                .hasSize(36);
        assertThat(GATEWAY.headers()).singleElement().satisfies(headers -> {
            assertThat(headers.getAll(key("authorization"))).containsExactly("Bearer " + TestGateway.token());
            assertThat(headers.getAll(key("x-request-id"))).hasSize(1);
        });
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
