package org.aula.bff.documents;

import java.util.Map;
import org.aula.bff.engine.GraphQlRequest;
import org.jspecify.annotations.Nullable;

/// What a client asks, whose document may be named by an id. At least one of the two is there.
///
/// @param text the document; null if the id stands for it
/// @param id what stands for the document; null if nothing does
/// @param automatic whether the id is the document's hash, by which the client wants it to be kept
/// @param operationName which operation of the document; null if it has one only
/// @param variables values of its variables
/// @param readOnly whether it came by a method that must not change anything
public record DocumentRequest(
        @Nullable String text,
        @Nullable String id,
        boolean automatic,
        @Nullable String operationName,
        Map<String, Object> variables,
        boolean readOnly) {

    private static final String ALGORITHM = "sha256:";

    public DocumentRequest {
        id = id == null ? null : plain(id);
    }

    /// An id without what graphql-codegen says of its making.
    static String plain(String id) {
        return id.startsWith(ALGORITHM) ? id.substring(ALGORITHM.length()) : id;
    }

    GraphQlRequest with(String document) {
        return new GraphQlRequest(document, text == null, operationName, variables, readOnly);
    }
}
