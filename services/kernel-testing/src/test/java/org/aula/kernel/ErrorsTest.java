package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import java.util.Map;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Refusals fit into what clients take.
@Tag("fast")
final class ErrorsTest {

    @Test
    void ofManyBrokenFieldsTheFirstAreToldAndHowManyMore() throws Exception {
        var status = refusal(100, "must not be empty");

        assertThat(violations(status).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField)
                .containsExactlyElementsOf(IntStream.range(0, 30)
                        .mapToObj(index -> "items[" + index + "]")
                        .toList());
        assertThat(status.getMessage()).isEqualTo("the request is not valid; and 70 more");
        assertThat(status.getDetails(0).unpack(ErrorInfo.class).getMetadataMap())
                .containsEntry(Errors.OMITTED, "70");
    }

    @Test
    void aRefusalIsShorterThanTheTrailersThatClientsTake() throws Exception {
        for (var text : new String[] {"x".repeat(10_000), "é".repeat(10_000), "学".repeat(10_000)}) {
            var status = refusal(50, text);

            assertThat(violations(status).getFieldViolationsCount()).isPositive();
            assertThat(status.getSerializedSize()).isLessThan(4 * 1024);
        }
    }

    @Test
    void aLongMessageEndsWithAnEllipsis() {
        var message = Errors.notFound(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "y".repeat(501))
                .status()
                .getMessage();

        assertThat(message).hasSize(500).endsWith("y…");
    }

    private static Status refusal(int fields, String description) {
        var violations = IntStream.range(0, fields)
                .mapToObj(index -> Errors.violation("items[" + index + "]", description))
                .toList();
        return Errors.invalid(
                        ErrorReason.ERROR_REASON_VALIDATION_FAILED, "the request is not valid", violations, Map.of())
                .status();
    }

    private static BadRequest violations(Status status) throws Exception {
        return status.getDetails(1).unpack(BadRequest.class);
    }
}
