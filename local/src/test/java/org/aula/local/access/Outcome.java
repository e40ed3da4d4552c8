package org.aula.local.access;

import com.google.protobuf.DynamicMessage;
import io.grpc.Status.Code;
import org.aula.kernel.testing.Refusal;
import org.jspecify.annotations.Nullable;

/// What a call ended with.
///
/// @param code the canonical code
/// @param reason of its ErrorInfo; empty when it succeeded
/// @param foundNothing whether it succeeded, and its list or batch has nothing of what was asked for
/// @param leak an id in the answer that the caller should not know; null when there is none
/// @param detail fields that broke their bounds, for the developer
record Outcome(
        Code code,
        String reason,
        boolean foundNothing,
        @Nullable String leak,
        String detail) {

    static Outcome of(DynamicMessage request, DynamicMessage answer, @Nullable String leak) {
        return new Outcome(Code.OK, "", Answers.holdNothing(request, answer), leak, "");
    }

    static Outcome of(Refusal refusal) {
        var detail = refusal.fields().isEmpty() ? "" : refusal.fields().toString();
        return new Outcome(refusal.code(), refusal.reason(), false, null, detail);
    }

    /// What the call needed could not be made.
    static Outcome unmade(Exception failure) {
        return new Outcome(Code.UNKNOWN, "", false, null, ", no fixture: " + failure);
    }

    boolean isOk() {
        return code == Code.OK && leak == null;
    }

    boolean is(Code wanted, String wantedReason) {
        return code == wanted && reason.equals(wantedReason);
    }

    /// Whether nobody could tell both from each other.
    boolean looksLike(Outcome other) {
        return code == other.code && reason.equals(other.reason) && foundNothing == other.foundNothing;
    }

    @Override
    public String toString() {
        if (leak != null) {
            return "OK with " + leak + " of somebody else";
        }
        return code + (foundNothing ? " with nothing" : "") + (reason.isEmpty() ? "" : " " + reason) + detail;
    }
}
