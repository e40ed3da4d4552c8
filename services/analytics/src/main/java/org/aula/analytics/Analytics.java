package org.aula.analytics;

import org.aula.kernel.service.ServiceProcess;

/// The service's program.
public final class Analytics {

    private Analytics() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("analytics");
    }
}
