package org.aula.content;

import org.aula.kernel.service.ServiceProcess;

/// The service's program.
public final class Content {

    private Content() {}

    public static void main(String[] arguments) throws InterruptedException {
        ServiceProcess.main("content");
    }
}
