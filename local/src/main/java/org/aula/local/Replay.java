package org.aula.local;

import org.aula.kernel.call.CallScope;
import org.aula.kernel.events.DeadLetters;
import org.aula.kernel.saga.Sagas;
import org.aula.kernel.service.ServiceProcess;

/// Delivers the dead letters of every service again, and lists those that fail once more; lists the sagas
/// that are stuck, and has the running services try them at once. Exits with 1 when there are any.
public final class Replay {

    private Replay() {}

    public static void main(String[] arguments) throws Exception {
        var left = 0;
        for (var service : Mesh.SERVICES) {
            left += replay(service);
        }
        System.exit(left == 0 ? 0 : 1);
    }

    private static int replay(String service) throws Exception {
        try (var context = ServiceProcess.beansOnly(service, System.getenv())) {
            var letters = context.getBean(DeadLetters.class);
            var delivered = CallScope.runAsService(service, "replay", "", letters::replay);
            var waiting = CallScope.runAsService(service, "replay", "", letters::waiting);
            System.out.printf("%-12s %d delivered, %d left%n", service, delivered, waiting.size());
            waiting.forEach(letter -> System.out.println("  " + letter));
            return waiting.size() + stuck(service, context.getBean(Sagas.class));
        }
    }

    private static int stuck(String service, Sagas sagas) throws Exception {
        var stuck = CallScope.runAsService(service, "replay", "", sagas::stuck);
        if (!stuck.isEmpty()) {
            System.out.printf("%-12s %d sagas stuck, tried again now%n", service, stuck.size());
            stuck.forEach(saga -> System.out.println("  " + saga));
            CallScope.runAsService(service, "replay", "", sagas::retryStuck);
        }
        return stuck.size();
    }
}
