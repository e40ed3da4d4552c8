package org.aula.kernel.error;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import org.jspecify.annotations.Nullable;

/// Reads the reason out of a status.
final class Reasons {

    private Reasons() {}

    /// The reason in the first ErrorInfo, without prefix; null when there is none.
    static @Nullable String of(Status status) {
        for (var detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    return detail.unpack(ErrorInfo.class).getReason();
                } catch (InvalidProtocolBufferException broken) {
                    throw new IllegalStateException("ErrorInfo that does not parse", broken);
                }
            }
        }
        return null;
    }
}
