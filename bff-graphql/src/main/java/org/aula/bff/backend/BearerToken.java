package org.aula.bff.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads a bearer token without verifying it.
final class BearerToken {

    private static final String SCHEME = "Bearer ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private BearerToken() {}

    /// The subject of the token in an Authorization header, if it is a user's id.
    static @Nullable String subject(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        var parts = authorization.substring(SCHEME.length()).strip().split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            var subject = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
                    .path("sub")
                    .asText();
            return UUID.fromString(subject).toString();
        } catch (JsonProcessingException | IllegalArgumentException notReadable) {
            return null;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
