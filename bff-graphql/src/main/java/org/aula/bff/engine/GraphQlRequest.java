package org.aula.bff.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client asks.
///
/// @param query the document
/// @param byId whether the client named the document by its id alone
/// @param operationName which operation of the document; null if it has one only
/// @param variables values of its variables
/// @param readOnly whether it came by a method that must not change anything
public record GraphQlRequest(
        String query, boolean byId, @Nullable String operationName, Map<String, Object> variables, boolean readOnly) {}
