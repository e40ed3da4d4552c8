package org.aula.bff.engine;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.aula.bff.backend.TooManyCallsException;
import org.aula.kernel.error.Errors;

/// Why something was refused or went wrong, in the contract's words.
///
/// @param code the canonical code's name
/// @param reason the reason of the contract, without its prefix
/// @param message what is wrong, for people
/// @param metadata the values of the message
/// @param violations the broken fields of a request, by the contract's paths
/// @param retryAfterSeconds when to try again; 0 where nothing is said of it
public record Failure(
        String code,
        String reason,
        String message,
        Map<String, String> metadata,
        List<BadRequest.FieldViolation> violations,
        long retryAfterSeconds) {

    private Failure(String code, String reason, String message) {
        this(code, reason, message, Map.of(), List.of(), 0);
    }

    private static final Set<String> USER_FIXABLE_CODES =
            Set.of("INVALID_ARGUMENT", "NOT_FOUND", "ALREADY_EXISTS", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE");

    /// UNAUTHENTICATED means two things: a visitor cannot fix it in this form, a user who mistyped can.
    /// RESOURCE_EXHAUSTED too: waiting makes no room, another file does.
    private static final Set<String> USER_FIXABLE_REASONS =
            Set.of("CREDENTIALS_INVALID", "CODE_INVALID", "QUOTA_EXCEEDED");

    /// Reads what a fetcher or a call failed with.
    public static Failure of(Throwable thrown) {
        var cause = unwrap(thrown);
        return switch (cause) {
            case RefusedException refused ->
                new Failure(refused.code(), refused.reason(), String.valueOf(refused.getMessage()));
            case TooManyCallsException _ ->
                new Failure("INVALID_ARGUMENT", RequestCost.TOO_COSTLY, String.valueOf(cause.getMessage()));
            case StatusRuntimeException _, StatusException _ -> ofStatus(cause);
            case CancellationException _ -> new Failure("CANCELLED", "CANCELLED", "the caller cancelled the request");
            default -> internal();
        };
    }

    /// Whether the one who filled in a form can fix it there.
    public boolean isUserFixable() {
        return isUserFixable(code, reason);
    }

    static boolean isUserFixable(String code, String reason) {
        // No form can mend a document.
        return (USER_FIXABLE_CODES.contains(code) && !reason.equals(RequestCost.TOO_COSTLY))
                || USER_FIXABLE_REASONS.contains(reason);
    }

    /// How many broken fields there are beside the `violations`.
    int omittedViolations() {
        return Integer.parseInt(metadata.getOrDefault(Errors.OMITTED, "0"));
    }

    /// Whether there is no such thing.
    public boolean isNotFound() {
        return code.equals("NOT_FOUND");
    }

    /// Whether it is for those who are enrolled, and the caller is not.
    boolean isNotEnrolled() {
        return reason.equals("ENROLLMENT_REQUIRED");
    }

    /// Whether it is our fault and worth a look.
    public boolean isFault() {
        return code.equals("INTERNAL") || code.equals("UNKNOWN") || code.equals("DATA_LOSS");
    }

    static Throwable unwrap(Throwable thrown) {
        var cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Failure internal() {
        return new Failure("INTERNAL", "INTERNAL", "something went wrong on our side");
    }

    private static Failure ofStatus(Throwable thrown) {
        var status = StatusProto.fromThrowable(thrown);
        if (status == null) {
            return internal();
        }
        var code = io.grpc.Status.fromCodeValue(status.getCode()).getCode().name();
        var info = ErrorInfo.getDefaultInstance();
        var violations = List.<BadRequest.FieldViolation>of();
        var retryAfterSeconds = 0L;
        for (var detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                info = unpack(detail, ErrorInfo.class);
            } else if (detail.is(BadRequest.class)) {
                violations = unpack(detail, BadRequest.class).getFieldViolationsList();
            } else if (detail.is(RetryInfo.class)) {
                retryAfterSeconds = seconds(unpack(detail, RetryInfo.class));
            }
        }
        if (info.getReason().isEmpty()) {
            return ofTransport(code);
        }
        return new Failure(
                code, info.getReason(), messageOf(status, code), info.getMetadataMap(), violations, retryAfterSeconds);
    }

    /// Whole seconds, never too few.
    private static long seconds(RetryInfo info) {
        var delay = info.getRetryDelay();
        return delay.getSeconds() + (delay.getNanos() > 0 ? 1 : 0);
    }

    /// A status that no service made: its text is the transport's and may tell too much.
    private static Failure ofTransport(String code) {
        return switch (code) {
            case "UNAVAILABLE" -> new Failure(code, "SERVICE_UNAVAILABLE", "a service is unavailable; retry later");
            case "DEADLINE_EXCEEDED" -> new Failure(code, "DEADLINE_EXCEEDED", "the work did not end in time");
            case "CANCELLED" -> new Failure(code, "CANCELLED", "the caller cancelled the request");
            case "RESOURCE_EXHAUSTED" -> new Failure(code, "OVERLOADED", "too much at once; try again soon");
            default -> internal();
        };
    }

    private static String messageOf(Status status, String code) {
        return status.getMessage().isEmpty() ? code : status.getMessage();
    }

    private static <T extends com.google.protobuf.Message> T unpack(Any detail, Class<T> type) {
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a service sent a malformed " + type.getSimpleName(), malformed);
        }
    }
}
