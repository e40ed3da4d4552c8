package org.aula.auth.partner;

/// A refusal in the words of RFC 6749, section 5.2.
final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    private OAuthException(String error, String description) {
        super(description, null, false, false);
        this.error = error;
    }

    /// Who asks is not known, or does not show it.
    static OAuthException invalidClient(String description) {
        return new OAuthException("invalid_client", description);
    }

    /// The request is malformed.
    static OAuthException invalidRequest(String description) {
        return new OAuthException("invalid_request", description);
    }

    /// More is wanted than the partner has.
    static OAuthException invalidScope(String description) {
        return new OAuthException("invalid_scope", description);
    }

    /// Tokens are not given that way.
    static OAuthException unsupportedGrantType() {
        return new OAuthException("unsupported_grant_type", "only client_credentials is supported");
    }

    String error() {
        return error;
    }

    int status() {
        return error.equals("invalid_client") ? 401 : 400;
    }
}
