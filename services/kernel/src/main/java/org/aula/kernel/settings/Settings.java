package org.aula.kernel.settings;

import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Where things are, as the environment tells one service: names in, answers out. Secrets are files below
/// `SECRETS_DIR`. `docs/configuration.md` lists the names; how things behave is said by `application.yml`.
///
/// A name may be given for one service only by putting the service's before it: `COURSES_POSTGRES_URL` wins
/// over `POSTGRES_URL` in `courses`.
///
/// @param service the service's name, such as `courses`
/// @param environment names and values
public record Settings(String service, Map<String, String> environment) {

    private static final String LOCAL_EDGE = "http://127.0.0.1:8080";

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

    /// Whether a name has a value.
    public boolean has(String name) {
        return find(name) != null;
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

    /// The address by which the world knows the platform, without a slash at its end: `PUBLIC_URL`, else the
    /// edge of this machine (`EDGE_URL`).
    public String publicUrl() {
        return get("PUBLIC_URL", get("EDGE_URL", LOCAL_EDGE)).replaceAll("/+$", "");
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

    /// Micronaut's form of properties in the environment, for our own only: it would read each name of the
    /// environment in all ways in which its underscores can be dots.
    public PropertySource overrides() {
        var own = new HashMap<String, Object>();
        environment.forEach((name, value) -> {
            if (name.startsWith("AULA_")) {
                own.put(name, value);
            }
        });
        return PropertySource.of("environment", own, PropertyConvention.ENVIRONMENT_VARIABLE);
    }

    private static String prefix(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    }
}
