package org.aula.bff.engine;

import graphql.ErrorType;
import graphql.GraphQLError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Errors of documents that are refused before anything is fetched.
final class Refusals {

    private Refusals() {}

    /// INVALID_ARGUMENT with a reason.
    static GraphQLError of(String reason, String message) {
        return of(reason, message, Map.of());
    }

    /// INVALID_ARGUMENT with a reason.
    ///
    /// @param metadata the values of the message
    static GraphQLError of(String reason, String message, Map<String, String> metadata) {
        return with(reason, message, metadata.isEmpty() ? Map.of() : Map.of("metadata", metadata));
    }

    /// INVALID_ARGUMENT with a reason and the path of what is wrong, as `UserError.field` has it.
    static GraphQLError ofField(String reason, String message, List<String> field) {
        return with(reason, message, Map.of("field", field));
    }

    private static GraphQLError with(String reason, String message, Map<String, Object> more) {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", "INVALID_ARGUMENT");
        extensions.put("reason", reason);
        extensions.putAll(more);
        return GraphQLError.newError()
                .errorType(ErrorType.ValidationError)
                .message("%s", message)
                .extensions(extensions)
                .build();
    }
}
