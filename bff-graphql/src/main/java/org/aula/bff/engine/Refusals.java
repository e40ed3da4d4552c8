package org.aula.bff.engine;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import java.util.Map;

/// Errors of documents that are refused before anything is fetched.
final class Refusals {

    private Refusals() {}

    /// INVALID_ARGUMENT with a reason.
    static GraphQLError of(String reason, String message) {
        return of(ErrorType.ValidationError, reason, message);
    }

    private static GraphQLError of(ErrorClassification type, String reason, String message) {
        return GraphQLError.newError()
                .errorType(type)
                .message("%s", message)
                .extensions(Map.of("code", "INVALID_ARGUMENT", "reason", reason))
                .build();
    }
}
