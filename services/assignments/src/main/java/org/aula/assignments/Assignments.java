package org.aula.assignments;

import org.aula.kernel.service.ServiceProcess;

/// The assignments service as a program of its own.
public final class Assignments {

    private Assignments() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("assignments");
    }
}
