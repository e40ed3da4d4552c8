package org.aula.assignments.question;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.kernel.error.Errors;

/// Expressions that authors write. RE2 matches in time linear in the text times the expression's program,
/// so that the program is bounded. Repetitions multiply, and `((a{1000}){1000}){1000}` would end the
/// process while it is compiled: what they can come to is looked at before.
final class Patterns {

    private static final int MAX_PROGRAM = 10_000;
    private static final long MAX_ESTIMATE = 200_000;
    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?\\}");

    private Patterns() {}

    /// @param field of the request, for the refusal
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with PATTERN_INVALID
    static void requireSafe(String field, String expression) {
        if (estimate(expression) > MAX_ESTIMATE) {
            throw tooMuch(field);
        }
        try {
            if (Pattern.compile(expression).programSize() > MAX_PROGRAM) {
                throw tooMuch(field);
            }
        } catch (PatternSyntaxException broken) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_PATTERN_INVALID, field, "is no expression: " + broken.getDescription());
        }
    }

    /// More than the program can have: as if each repetition were inside of all others.
    private static long estimate(String expression) {
        long estimate = expression.length();
        var repetitions = REPETITION.matcher(expression);
        while (repetitions.find() && estimate <= MAX_ESTIMATE) {
            var most = repetitions.group(2);
            long times = Long.parseLong(most == null || most.isEmpty() ? repetitions.group(1) : most);
            estimate *= Math.max(1, times);
        }
        return estimate;
    }

    private static RuntimeException tooMuch(String field) {
        return Errors.invalid(ErrorReason.ERROR_REASON_PATTERN_INVALID, field, "repeats too much");
    }
}
