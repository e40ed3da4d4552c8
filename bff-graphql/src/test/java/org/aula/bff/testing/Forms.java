package org.aula.bff.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aula.bff.engine.GlobalId;
import org.jspecify.annotations.Nullable;

/// Mutations that a user fills a form for, which the services refuse. Where a mutation names a type in
/// capitals, such as `"COURSE"`, it gets the global id of one, and `"OPERATION OF grades"` stands for an
/// operation of that service.
public final class Forms {

    private static final List<String> TYPES = List.of(
            "User",
            "Session",
            "Delivery",
            "Category",
            "Tag",
            "Course",
            "Section",
            "Lesson",
            "LessonNote",
            "Review",
            "Asset",
            "Enrollment",
            "EnrollmentList",
            "WaitlistEntry",
            "Certificate",
            "Quiz",
            "LearnerQuiz",
            "QuizDraw",
            "Question",
            "QuestionBank",
            "FileAssignment",
            "LearnerFileAssignment",
            "Attempt",
            "Response",
            "Submission");

    private final TestGateway gateway;

    public Forms(TestGateway gateway) {
        this.gateway = gateway;
    }

    /// Sends a mutation; its payload is called `payload`.
    public JsonNode send(String mutation) {
        var filled = mutation;
        for (var type : TYPES) {
            filled = filled.replace('"' + type.toUpperCase(Locale.ROOT) + '"', '"' + TestGateway.id(type, "it") + '"');
        }
        for (var domain : List.of("enrollments", "grades")) {
            filled = filled.replace(
                    "\"OPERATION OF " + domain + '"',
                    '"' + GlobalId.of("Operation", domain + ':' + TestGateway.uuid("it")) + '"');
        }
        return gateway.askSignedIn("mutation { payload: " + filled + " { userErrors { field message code } } }");
    }

    /// A reason that the user can fix is told beside the field that it is about.
    ///
    /// @param field of the input; null for none
    public void assertUserError(String mutation, Code code, String reason, @Nullable String field) {
        gateway.refuse(Refusal.of(code, reason, Map.of()));

        var answer = send(mutation);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var error = answer.at("/data/payload/userErrors/0");
        assertThat(error.path("code").asText()).isEqualTo(reason);
        assertThat(error.at("/field/1").asText()).isEqualTo(field == null ? "" : field);
    }

    /// A reason that the user cannot fix in the form is an error.
    public void assertError(String mutation, Code code, String reason) {
        gateway.refuse(Refusal.of(code, reason, Map.of()));

        var answer = send(mutation);

        assertThat(answer.at("/data/payload").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo(reason);
    }

    /// A field that breaks a rule of the contract is named as the input has it.
    ///
    /// @param path with dots, such as `input.price.amountMinor`
    public void assertBroken(String mutation, String contractPath, String path) {
        gateway.refuse(Refusal.of(Code.INVALID_ARGUMENT, "VALIDATION_FAILED", Map.of(contractPath, "is wrong")));

        var error = send(mutation).at("/data/payload/userErrors/0");

        assertThat(error.path("message").asText()).isEqualTo("is wrong");
        assertThat(String.join(".", TestGateway.texts(error.path("field")))).isEqualTo(path);
    }
}
