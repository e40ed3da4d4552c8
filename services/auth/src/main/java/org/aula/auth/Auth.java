package org.aula.auth;

import org.aula.kernel.service.ServiceProcess;

/// The auth service as a program of its own.
public final class Auth {

    private Auth() {}

    /// Runs until the JVM is asked to stop.
    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("auth");
    }
}
