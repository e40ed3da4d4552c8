package org.aula.grades;

import org.aula.kernel.service.ServiceProcess;

/// The grades service as a program of its own.
public final class Grades {

    private Grades() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("grades");
    }
}
