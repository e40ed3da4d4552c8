package org.aula.bff.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong with an input before any service is asked. In a mutation it is collected, so that the user
/// learns of all of it at once; in a query the first problem ends the field.
///
/// @param path where in the input
/// @param viewerId who is signed in, as their token claims
/// @param found the problems so far as `UserError`s
/// @param endsAtFirst whether the first problem ends the field
record InputProblems(
        List<String> path, @Nullable String viewerId, List<Map<String, Object>> found, boolean endsAtFirst) {

    /// Of a mutation's `input`.
    static InputProblems ofMutation(@Nullable String viewerId) {
        return new InputProblems(List.of("input"), viewerId, new ArrayList<>(), false);
    }

    /// Of a query's arguments.
    static InputProblems ofQuery(@Nullable String viewerId) {
        return new InputProblems(List.of(), viewerId, List.of(), true);
    }

    /// The same, one step further inside.
    InputProblems at(String step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return new InputProblems(longer, viewerId, found, endsAtFirst);
    }

    /// Notes a problem of the field that the path leads to.
    ///
    /// @throws RefusedException INVALID_ARGUMENT, in a query
    void note(String code, String message) {
        if (endsAtFirst) {
            throw RefusedException.invalid(code, String.join(".", path) + ' ' + message);
        }
        found.add(UserErrors.of(path, code, message));
    }
}
