package org.aula.local.access;

import io.grpc.Status.Code;
import java.util.Set;

/// A value of the matrix, as its file explains it.
///
/// @param text as it stands in the file
record Expectation(String text) {

    private static final String PASSED_AND_REFUSED = "ok:";
    private static final Set<String> WORDS =
            Set.of("ok", "nothing", "sign-in", "permission", "owner", "enrollment", "unverified", "hidden", "-");

    /// What a call that passed every decision about access may still end with. Neither a request that
    /// breaks its bounds nor a refusal that has to do with the caller is among them.
    private static final Set<Code> ENDS_OF_PASSED_CALLS =
            Set.of(Code.NOT_FOUND, Code.ALREADY_EXISTS, Code.FAILED_PRECONDITION, Code.ABORTED, Code.UNAVAILABLE);

    Expectation {
        if (!WORDS.contains(text) && !text.matches(PASSED_AND_REFUSED + "[A-Z_]+")) {
            throw new IllegalArgumentException(text + " is no value of the matrix");
        }
    }

    /// Whether nobody is in this cell.
    boolean isVoid() {
        return text.equals("-");
    }

    /// Whether the call passes every decision about access.
    boolean passes() {
        return text.equals("ok") || text.startsWith(PASSED_AND_REFUSED);
    }

    /// Whether the call is refused since the resource belongs to somebody else, told or not.
    boolean keepsFromOthers() {
        return text.equals("owner") || text.equals("hidden");
    }

    boolean is(String word) {
        return text.equals(word);
    }

    boolean matches(Outcome outcome) {
        return switch (text) {
            case "ok" -> outcome.isOk() && !outcome.foundNothing();
            case "nothing" -> outcome.isOk() && outcome.foundNothing();
            case "sign-in" -> outcome.is(Code.UNAUTHENTICATED, "TOKEN_MISSING");
            case "permission" -> outcome.is(Code.PERMISSION_DENIED, "PERMISSION_MISSING");
            case "owner" -> outcome.is(Code.PERMISSION_DENIED, "NOT_OWNER");
            case "enrollment" -> outcome.is(Code.PERMISSION_DENIED, "ENROLLMENT_REQUIRED");
            case "unverified" -> outcome.is(Code.PERMISSION_DENIED, "ACCOUNT_UNVERIFIED");
            case "hidden" ->
                outcome.code() == Code.NOT_FOUND && outcome.reason().endsWith("_NOT_FOUND");
            default ->
                ENDS_OF_PASSED_CALLS.contains(outcome.code())
                        && outcome.reason().equals(text.substring(PASSED_AND_REFUSED.length()));
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
