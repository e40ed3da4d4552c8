package org.aula.kernel.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/// What one service is told by its surroundings: names of the environment in, answers out. Secrets are
/// files below `SECRETS_DIR`.
///
/// A name may be given for one service only by putting the service's before it: `COURSES_POSTGRES_URL` wins
/// over `POSTGRES_URL` in `courses`.
///
/// @param service the service's name, such as `courses`
/// @param environment names and values
public record Settings(String service, Map<String, String> environment) {

    /// The value of a name.
    ///
    /// @throws IllegalStateException when it is missing, saying which
    public String get(String name) {
        var value = find(name);
        if (value == null) {
            throw new IllegalStateException("the environment of " + service + " lacks " + name);
        }
        return value;
    }

    /// The value of a name, or a default.
    public String get(String name, String otherwise) {
        var value = find(name);
        return value == null ? otherwise : value;
    }

    private @org.jspecify.annotations.Nullable String find(String name) {
        var own = environment.get(prefix(service) + name);
        return own != null ? own : environment.get(name);
    }

    /// Where a service can be called: `<NAME>_TARGET` (a gRPC target), else `<NAME>_PORT` on this machine.
    public String target(String name) {
        var target = environment.get(prefix(name) + "TARGET");
        return target != null ? target : "dns:///127.0.0.1:" + environment.get(prefix(name) + "PORT");
    }

    /// Where this service listens for gRPC: `inprocess:<name>` or a port on 127.0.0.1.
    public String listen() {
        var target = environment.getOrDefault(prefix(service) + "TARGET", "");
        return target.startsWith("inprocess:") ? target : get("PORT");
    }

    /// A secret's text, without white space around it.
    ///
    /// @param path below `SECRETS_DIR`, such as `postgres/courses.password`
    public String secret(String path) {
        var file = Path.of(get("SECRETS_DIR")).resolve(path);
        try {
            return Files.readString(file).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "the secret " + file + " cannot be read; run the migrate job first", missing);
        }
    }

    /// A secret's bytes, written as base64.
    public byte[] secretBytes(String path) {
        return Base64.getDecoder().decode(secret(path));
    }

    private static String prefix(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    }
}
