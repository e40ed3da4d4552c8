package org.aula.local;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.aula.bff.Bff;
import org.aula.kernel.service.ServiceProcess;
import org.aula.kernel.service.Shutdown;

/// All services and the gateway in one JVM, each with a context of its own and talking gRPC to the others
/// as they do apart. For one machine and for tests; deployments run each by its own main class.
public final class Mesh implements AutoCloseable {

    /// The services, by the names under which the environment speaks of them.
    public static final List<String> SERVICES = List.of(
            "auth",
            "users",
            "courses",
            "content",
            "enrollments",
            "analytics",
            "notifications",
            "assignments",
            "grades");

    private final Map<String, ServiceProcess> services;
    private final ApplicationContext gateway;

    private Mesh(Map<String, ServiceProcess> services, ApplicationContext gateway) {
        this.services = services;
        this.gateway = gateway;
    }

    /// Starts everything, two at a time: more would only wait for each other on small machines.
    ///
    /// @param environment see [org.aula.kernel.settings.Settings]; `BFF_PORT` for the gateway
    public static Mesh start(Map<String, String> environment) {
        var services = new LinkedHashMap<String, ServiceProcess>();
        try (var starters = Executors.newFixedThreadPool(2)) {
            var starting = SERVICES.stream()
                    .map(name -> CompletableFuture.supplyAsync(() -> startOne(name, environment), starters))
                    .toList();
            var gateway = CompletableFuture.supplyAsync(() -> Bff.start(environment), starters);
            for (int index = 0; index < SERVICES.size(); index++) {
                services.put(SERVICES.get(index), starting.get(index).join());
            }
            return new Mesh(services, gateway.join());
        } catch (CompletionException failed) {
            services.values().forEach(ServiceProcess::close);
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private static ServiceProcess startOne(String name, Map<String, String> environment) {
        var begun = System.nanoTime();
        var process = ServiceProcess.start(name, environment);
        System.out.printf(
                "%s answers after %d ms%n",
                name, Duration.ofNanos(System.nanoTime() - begun).toMillis());
        return process;
    }

    /// A running service.
    public ServiceProcess service(String name) {
        var process = services.get(name);
        if (process == null) {
            throw new IllegalArgumentException("no service " + name);
        }
        return process;
    }

    /// Stops the gateway first, then each service, the last started first.
    @Override
    public void close() {
        gateway.close();
        Deque<ServiceProcess> reversed = new ArrayDeque<>();
        services.values().forEach(reversed::push);
        reversed.forEach(ServiceProcess::close);
    }

    /// Runs until the JVM is asked to stop.
    public static void main(String[] arguments) throws InterruptedException {
        Shutdown.await(start(System.getenv()));
    }
}
