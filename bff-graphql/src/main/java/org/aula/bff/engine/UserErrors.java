package org.aula.bff.engine;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes `userErrors` of what the user can fix.
final class UserErrors {

    private UserErrors() {}

    /// What a service refused, one error for every broken field, else one in all.
    static List<Map<String, Object>> of(Failure failure, Descriptor request) {
        if (!failure.violations().isEmpty()) {
            return failure.violations().stream()
                    .map(violation -> of(
                            InputPaths.of(request, violation.getField()),
                            failure.reason(),
                            violation.getDescription().isEmpty() ? failure.message() : violation.getDescription()))
                    .toList();
        }
        var field = Reasons.about(request.getFile().getPackage(), failure.reason()).stream()
                .filter(path -> InputPaths.exists(request, path))
                .findFirst()
                .map(path -> InputPaths.of(request, path))
                .orElse(null);
        return List.of(of(field, failure.reason(), failure.message()));
    }

    static Map<String, Object> of(@Nullable List<String> field, String code, String message) {
        var error = new LinkedHashMap<String, Object>();
        error.put("field", field);
        error.put("message", message);
        error.put("code", code);
        return error;
    }
}
