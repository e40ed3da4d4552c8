package org.aula.auth.partner;

import java.util.List;
import java.util.Map;

/// Where tokens are to be had and how, by the names of RFC 8414.
final class ServerMetadata {

    private ServerMetadata() {}

    static String tokenEndpoint(String publicUrl) {
        return publicUrl + "/oauth/token";
    }

    /// @param publicUrl without a slash at its end
    static Map<String, Object> of(String publicUrl) {
        return Map.of(
                "issuer", publicUrl,
                "token_endpoint", tokenEndpoint(publicUrl),
                "jwks_uri", publicUrl + "/.well-known/jwks.json",
                "grant_types_supported", List.of("client_credentials"),
                "response_types_supported", List.of(),
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "private_key_jwt"),
                "token_endpoint_auth_signing_alg_values_supported", List.of("ES256", "ES384", "PS256", "RS256"));
    }
}
