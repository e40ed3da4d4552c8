package org.aula.analytics;

import org.aula.kernel.service.ServiceProcess;

/// The service's program.
public final class Analytics {

    private Analytics() {}

    public static void main(String[] arguments) {
        ServiceProcess.main("analytics");
    }
}
