package org.aula.bff.documents;

/// The document of a request cannot be had, or must not be run.
public final class DocumentRefusedException extends RuntimeException {

    /// Clients of automatic persisted queries know these two by their messages, word for word; on the first
    /// they send the document itself, on the second also all that follow.
    private static final String NOT_FOUND = "PersistedQueryNotFound";

    private static final String NOT_SUPPORTED = "PersistedQueryNotSupported";

    private final String code;
    private final String reason;

    private DocumentRefusedException(String code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    static DocumentRefusedException notFound() {
        return new DocumentRefusedException("NOT_FOUND", "PERSISTED_QUERY_NOT_FOUND", NOT_FOUND);
    }

    static DocumentRefusedException notSupported() {
        return new DocumentRefusedException("UNIMPLEMENTED", "PERSISTED_QUERY_NOT_SUPPORTED", NOT_SUPPORTED);
    }

    static DocumentRefusedException notTrusted() {
        return new DocumentRefusedException(
                "PERMISSION_DENIED",
                "DOCUMENT_NOT_TRUSTED",
                "only documents of the manifests are run here, and this is none of them");
    }

    static DocumentRefusedException mismatch() {
        return new DocumentRefusedException(
                "INVALID_ARGUMENT", "PERSISTED_QUERY_MISMATCH", "the document is not the one that the id stands for");
    }

    /// The canonical code's name.
    public String code() {
        return code;
    }

    /// The reason.
    public String reason() {
        return reason;
    }
}
