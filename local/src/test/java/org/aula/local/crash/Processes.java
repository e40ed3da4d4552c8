package org.aula.local.crash;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.aula.edge.Envoy;
import org.aula.kernel.testing.TestEngines;

/// The services that tests of this JVM kill, each started when it is first asked for and for all of them.
/// Whoever kills one starts it again.
final class Processes {

    private static final Map<String, String> ENVIRONMENT = environment("auth", "users", "enrollments");
    private static final Map<String, Child> RUNNING = new HashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Processes::killAll));
    }

    private Processes() {}

    static Child auth() throws Exception {
        return get("auth", "org.aula.auth.Auth");
    }

    static Child users() throws Exception {
        return get("users", "org.aula.users.Users");
    }

    static Child enrollments() throws Exception {
        return get("enrollments", "org.aula.enrollments.Enrollments");
    }

    static Map<String, String> environment() {
        return ENVIRONMENT;
    }

    private static Child get(String name, String mainClass) throws Exception {
        var running = RUNNING.get(name);
        if (running == null) {
            running = new Child(name, mainClass, ENVIRONMENT, Integer.parseInt(port(name)));
            RUNNING.put(name, running);
            running.start();
        }
        return running;
    }

    private static String port(String name) {
        return ENVIRONMENT.getOrDefault(variable(name), "");
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT) + "_PORT";
    }

    private static Map<String, String> environment(String... names) {
        try {
            var environment = new HashMap<>(TestEngines.forServices());
            for (var name : names) {
                environment.put(variable(name), Integer.toString(Envoy.freePort()));
            }
            // Small enough to be killed between two of them.
            environment.put("AULA_ENROLLMENTS_BULK_BATCH", "500");
            return Map.copyOf(environment);
        } catch (java.io.IOException noPort) {
            throw new java.io.UncheckedIOException(noPort);
        }
    }

    private static void killAll() {
        RUNNING.values().forEach(child -> {
            try {
                child.close();
            } catch (Exception failure) {
                failure.printStackTrace();
            }
        });
    }
}
