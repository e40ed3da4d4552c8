package org.aula.auth.mail;

import jakarta.inject.Singleton;
import org.aula.kernel.settings.Settings;

/// Addresses of the pages that emails lead to: below `PUBLIC_URL`, which on a single machine is the
/// edge.
@Singleton
final class Links {

    private static final String LOCAL_EDGE = "http://127.0.0.1:8080";
    private static final String PLACE = "{token}";

    private final LinkSettings paths;
    private final String base;

    Links(LinkSettings paths, Settings settings) {
        this.paths = paths;
        this.base =
                settings.get("PUBLIC_URL", settings.get("EDGE_URL", LOCAL_EDGE)).replaceAll("/+$", "");
    }

    /// The page that takes a token. Tokens are base64url, which needs no escape.
    String to(EmailKind kind, String token) {
        var path = switch (kind) {
            case EMAIL_VERIFICATION -> paths.verifyEmail();
            case PASSWORD_RESET -> paths.resetPassword();
        };
        return base + path.replace(PLACE, token);
    }
}
