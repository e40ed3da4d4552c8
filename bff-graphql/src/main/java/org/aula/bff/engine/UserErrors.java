package org.aula.bff.engine;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes `userErrors` of what the user can fix.
final class UserErrors {

    /// The first of them are told, and how many more there are: as many as a service tells.
    static final int MAX_TOLD = 30;

    private UserErrors() {}

    /// What a service refused, one error for every broken field, else one in all.
    static List<Map<String, Object>> of(Failure failure, Descriptor request) {
        if (!failure.violations().isEmpty()) {
            var errors = failure.violations().stream()
                    .map(violation -> of(
                            InputPaths.of(request, violation.getField()),
                            failure.reason(),
                            violation.getDescription().isEmpty() ? failure.message() : violation.getDescription()))
                    .toList();
            return firstOf(errors, failure.omittedViolations());
        }
        var field = Reasons.about(request.getFile().getPackage(), failure.reason()).stream()
                .filter(path -> InputPaths.exists(request, path))
                .findFirst()
                .map(path -> InputPaths.of(request, path))
                .orElse(null);
        return List.of(of(field, failure.reason(), failure.message()));
    }

    /// The first of many, and one that says how many more there are.
    ///
    /// @param omitted how many more there are than these
    static List<Map<String, Object>> firstOf(List<Map<String, Object>> errors, int omitted) {
        var told = errors.size() > MAX_TOLD ? errors.subList(0, MAX_TOLD) : errors;
        var more = errors.size() - told.size() + omitted;
        if (more == 0) {
            return told;
        }
        var all = new ArrayList<>(told);
        all.add(of(null, String.valueOf(errors.getFirst().get("code")), "and " + more + " more"));
        return all;
    }

    static Map<String, Object> of(@Nullable List<String> field, String code, String message) {
        var error = new LinkedHashMap<String, Object>();
        error.put("field", field);
        error.put("message", message);
        error.put("code", code);
        return error;
    }
}
