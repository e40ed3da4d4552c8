package org.aula.users;

import org.aula.kernel.service.ServiceProcess;

/// The users service as a program of its own.
public final class Users {

    private Users() {}

    /// Runs until the JVM is asked to stop.
    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("users");
    }
}
