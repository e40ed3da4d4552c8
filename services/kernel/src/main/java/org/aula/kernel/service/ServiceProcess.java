package org.aula.kernel.service;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.aula.kernel.events.Consumers;
import org.aula.kernel.events.Relay;
import org.aula.kernel.operation.Jobs;
import org.aula.kernel.server.GrpcServer;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.token.AccessChanges;

/// One running service: its beans, its server, its listeners and its jobs. A JVM may hold one or all of
/// them; each has a context of its own and sees only the beans of its own package (`aula.service`) and the
/// kernel's.
public final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ApplicationContext context;

    private ServiceProcess(ApplicationContext context) {
        this.context = context;
    }

    /// Starts a service: the environment says where everything is, `config/<name>/application.yml` how the
    /// service behaves. A name such as `AULA_GRADES_ATTEMPT_GRACE` in the environment wins over the property
    /// `aula.grades.attempt-grace`.
    ///
    /// @param name such as `courses`
    /// @param environment see [Settings]
    /// @param beans put into the context beside its own, such as a clock
    public static ServiceProcess start(String name, Map<String, String> environment, Object... beans) {
        var context = beansOnly(name, environment, beans);
        var process = new ServiceProcess(context);
        try {
            context.getBean(AdminServer.class).start();
            context.getBean(Relay.class).start();
            context.getBean(Jobs.class).start();
            context.getBean(Consumers.class).start();
            context.getBean(AccessChanges.class).start();
            context.getBean(GrpcServer.class).start();
            context.getBean(StoreChecks.class).start();
            return process;
        } catch (RuntimeException failure) {
            process.close();
            throw failure;
        }
    }

    /// The beans of a service without its server, listeners and jobs, for tools.
    public static ApplicationContext beansOnly(String name, Map<String, String> environment, Object... beans) {
        var settings = new Settings(name, environment);
        var properties = StoreProperties.of(settings);
        properties.put("aula.service", name);
        return ApplicationContext.builder()
                .properties(properties)
                .propertySources(settings.overrides())
                .overrideConfigLocations("classpath:config/kernel/", "classpath:config/" + name + "/")
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .bootstrapEnvironment(false)
                .banner(false)
                .singletons(settings)
                .singletons(beans)
                .start();
    }

    /// Runs one service as this JVM's program, until the JVM is asked to stop.
    public static void main(String name) throws InterruptedException {
        var process = start(name, System.getenv());
        System.out.println(name + " answers");
        Shutdown.await(process);
    }

    /// The service's beans, for tests and tools.
    public ApplicationContext context() {
        return context;
    }

    /// Drains: callers are told to go elsewhere, what runs may finish, then everything stops.
    @Override
    public void close() {
        context.getBean(GrpcServer.class).stop(PATIENCE);
        context.getBean(AccessChanges.class).stop();
        context.getBean(Consumers.class).stop();
        context.getBean(Jobs.class).stop();
        context.getBean(Relay.class).stop();
        context.getBean(StoreChecks.class).stop();
        context.getBean(AdminServer.class).stop();
        context.close();
    }
}
