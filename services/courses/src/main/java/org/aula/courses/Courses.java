package org.aula.courses;

import org.aula.kernel.service.ServiceProcess;

/// The courses service as a program of its own.
public final class Courses {

    private Courses() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("courses");
    }
}
