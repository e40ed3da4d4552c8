package org.aula.auth.partner;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is asked of the token endpoint: a form whose parameters come once each.
record TokenForm(Map<String, String> parameters) {

    private static final String TYPE = "application/x-www-form-urlencoded";

    /// @throws OAuthException invalid_request
    static TokenForm read(String contentType, String body) {
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith(TYPE)) {
            throw OAuthException.invalidRequest("a form is wanted, " + TYPE);
        }
        var parameters = new HashMap<String, String>();
        for (var pair : body.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                if (parameters.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                    throw OAuthException.invalidRequest("a parameter comes twice");
                }
            }
        }
        return new TokenForm(parameters);
    }

    /// @return null when it is absent or empty, which is the same
    @Nullable
    String get(String name) {
        var value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// @throws OAuthException invalid_request
    String require(String name) {
        var value = get(name);
        if (value == null) {
            throw OAuthException.invalidRequest(name + " is missing");
        }
        return value;
    }

    /// @throws OAuthException invalid_request
    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw OAuthException.invalidRequest("a percent sign stands for nothing");
        }
    }
}
