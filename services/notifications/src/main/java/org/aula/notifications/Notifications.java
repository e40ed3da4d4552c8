package org.aula.notifications;

import org.aula.kernel.service.ServiceProcess;

/// The notifications service as a program of its own.
public final class Notifications {

    private Notifications() {}

    /// Runs until the JVM is asked to stop.
    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("notifications");
    }
}
