package org.aula.kernel.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aula.api.common.v1.ErrorReason;

/// The one factory of refusals. Each carries exactly one ErrorInfo with a reason out of a contract's
/// `ErrorReason`.
public final class Errors {

    private static final int MAX_VIOLATIONS = 30;
    private static final int MAX_VIOLATION_BYTES = 3 * 1024;
    /// Characters of a message or description.
    private static final int MAX_TEXT = 500;

    /// Where ErrorInfo tells how many broken fields there are beside those that BadRequest names.
    public static final String OMITTED = "omitted";

    /// The domain of every ErrorInfo.
    public static final String DOMAIN = "aula";

    private static final String PREFIX = "ERROR_REASON_";
    private static final java.time.Duration SOON = java.time.Duration.ofSeconds(1);

    private Errors() {}

    /// INVALID_ARGUMENT for one field that no rule of the contract could check.
    public static ServiceException invalid(ProtocolMessageEnum reason, String field, String message) {
        return invalid(reason, message, List.of(violation(field, message)), Map.of());
    }

    /// INVALID_ARGUMENT with the fields that are broken: the first thirty, and how many more.
    public static ServiceException invalid(
            ProtocolMessageEnum reason,
            String message,
            List<BadRequest.FieldViolation> violations,
            Map<String, String> metadata) {
        var told = firstOf(violations);
        var more = violations.size() - told.getFieldViolationsCount();
        if (more == 0) {
            return of(Code.INVALID_ARGUMENT, reason, message, metadata, told);
        }
        var counted = new LinkedHashMap<>(metadata);
        counted.put(OMITTED, Integer.toString(more));
        return of(Code.INVALID_ARGUMENT, reason, message + "; and " + more + " more", counted, told);
    }

    /// As many as fit: clients of gRPC take 8 KiB of trailers, in which details stand in base64, and make
    /// INTERNAL of what is longer.
    private static BadRequest firstOf(List<BadRequest.FieldViolation> violations) {
        var told = BadRequest.newBuilder();
        var bytes = 0;
        for (var violation : violations) {
            var brief = violation.toBuilder()
                    .setDescription(brief(violation.getDescription()))
                    .build();
            bytes += brief.getSerializedSize();
            var count = told.getFieldViolationsCount();
            if (count == MAX_VIOLATIONS || count > 0 && bytes > MAX_VIOLATION_BYTES) {
                break;
            }
            told.addFieldViolations(brief);
        }
        return told.build();
    }

    private static String brief(String text) {
        return text.codePointCount(0, text.length()) <= MAX_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT - 1)) + "…";
    }

    /// One broken field.
    public static BadRequest.FieldViolation violation(String field, String description) {
        return BadRequest.FieldViolation.newBuilder()
                .setField(field)
                .setDescription(description)
                .build();
    }

    /// NOT_FOUND.
    public static ServiceException notFound(ProtocolMessageEnum reason, String message) {
        return of(Code.NOT_FOUND, reason, message, Map.of());
    }

    /// ALREADY_EXISTS.
    public static ServiceException alreadyExists(
            ProtocolMessageEnum reason, String message, Map<String, String> metadata) {
        return of(Code.ALREADY_EXISTS, reason, message, metadata);
    }

    /// FAILED_PRECONDITION: the resource's state does not allow this.
    public static ServiceException failedPrecondition(
            ProtocolMessageEnum reason, String message, Map<String, String> metadata) {
        return of(Code.FAILED_PRECONDITION, reason, message, metadata);
    }

    /// UNAUTHENTICATED.
    public static ServiceException unauthenticated(ProtocolMessageEnum reason, String message) {
        return of(Code.UNAUTHENTICATED, reason, message, Map.of());
    }

    /// PERMISSION_DENIED.
    public static ServiceException permissionDenied(ProtocolMessageEnum reason, String message) {
        return permissionDenied(reason, message, Map.of());
    }

    /// PERMISSION_DENIED, with what the reason's comment names.
    public static ServiceException permissionDenied(
            ProtocolMessageEnum reason, String message, Map<String, String> metadata) {
        return of(Code.PERMISSION_DENIED, reason, message, metadata);
    }

    /// PERMISSION_DENIED with ACCOUNT_UNVERIFIED.
    public static ServiceException unverified() {
        return permissionDenied(
                ErrorReason.ERROR_REASON_ACCOUNT_UNVERIFIED, "confirm your email address first, then you may do this");
    }

    /// ABORTED with ETAG_MISMATCH.
    public static ServiceException etagMismatch() {
        return of(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                "etag mismatch; read the resource again",
                Map.of());
    }

    /// ABORTED, worth another try after a moment.
    public static ServiceException tryAgain(ProtocolMessageEnum reason, String message) {
        return of(Code.ABORTED, reason, message, Map.of(), retryAfter(SOON));
    }

    /// RESOURCE_EXHAUSTED until a moment that is told.
    public static ServiceException exhausted(
            ProtocolMessageEnum reason, String message, java.time.Duration retryAfter) {
        return of(Code.RESOURCE_EXHAUSTED, reason, message, Map.of(), retryAfter(retryAfter));
    }

    /// UNAVAILABLE because a store is unavailable.
    public static ServiceException storeUnavailable(String store) {
        return of(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                store + " is unavailable; retry later",
                Map.of("store", store),
                retryAfter(SOON));
    }

    /// UNAVAILABLE because another service is unavailable.
    public static ServiceException serviceUnavailable(String service) {
        return of(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                service + " is unavailable; retry later",
                Map.of("service", service),
                retryAfter(SOON));
    }

    /// UNAVAILABLE because this server is about to stop.
    public static ServiceException draining() {
        return of(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVER_DRAINING,
                "the server is about to stop; listen again",
                Map.of(),
                retryAfter(SOON));
    }

    /// A code that needs no more than its reason.
    public static ServiceException of(
            Code code, ProtocolMessageEnum reason, String message, Map<String, String> metadata, Message... details) {
        var info = ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(name(reason))
                .putAllMetadata(metadata)
                .build();
        var status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(brief(message))
                .addDetails(Any.pack(info));
        for (var detail : details) {
            status.addDetails(Any.pack(detail));
        }
        return new ServiceException(status.build());
    }

    /// The reason as it stands in ErrorInfo: the enum's name without its prefix.
    public static String name(ProtocolMessageEnum reason) {
        return reason.getValueDescriptor().getName().substring(PREFIX.length());
    }

    private static RetryInfo retryAfter(java.time.Duration after) {
        return RetryInfo.newBuilder()
                .setRetryDelay(
                        Duration.newBuilder().setSeconds(after.toSeconds()).setNanos(after.toNanosPart()))
                .build();
    }
}
