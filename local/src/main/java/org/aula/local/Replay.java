package org.aula.local;

import org.aula.kernel.call.CallScope;
import org.aula.kernel.events.DeadLetters;
import org.aula.kernel.service.ServiceProcess;

/// Delivers the dead letters of every service again, and lists those that fail once more. Exits with 1 when
/// any does.
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
            return waiting.size();
        }
    }
}
