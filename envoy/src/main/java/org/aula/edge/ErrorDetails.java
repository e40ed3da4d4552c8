package org.aula.edge;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.aula.api.common.v1.ErrorReason;

/// What the edge says in `grpc-status-details-bin` when it refuses a call itself: the same details that a
/// service would give, so that a client reads one form of error.
final class ErrorDetails {

    private static final String DOMAIN = "aula";
    private static final String REASON_PREFIX = "ERROR_REASON_";

    private ErrorDetails() {}

    /// A refusal that trying again does not fix.
    ///
    /// @return the header's value: base64 without padding
    static String refusal(Code code, ErrorReason reason, String message, Map<String, String> metadata) {
        return header(code, message, Stream.of(info(reason, metadata)));
    }

    /// A refusal that may be tried again after a second.
    ///
    /// @return the header's value: base64 without padding
    static String passing(Code code, ErrorReason reason, String message, Map<String, String> metadata) {
        RetryInfo retry = RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(1))
                .build();
        return header(code, message, Stream.of(info(reason, metadata), retry));
    }

    /// The reason as clients see it, without the enum's prefix.
    static String name(ErrorReason reason) {
        return reason.name().substring(REASON_PREFIX.length());
    }

    private static ErrorInfo info(ErrorReason reason, Map<String, String> metadata) {
        return ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(name(reason))
                .putAllMetadata(metadata)
                .build();
    }

    private static String header(Code code, String message, Stream<Message> details) {
        Status status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addAllDetails(details.map(Any::pack).toList())
                .build();
        return Base64.getEncoder().withoutPadding().encodeToString(status.toByteArray());
    }
}
