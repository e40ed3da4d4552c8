package org.aula.enrollments;

import org.aula.kernel.service.ServiceProcess;

/// The service's program.
public final class Enrollments {

    private Enrollments() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("enrollments");
    }
}
