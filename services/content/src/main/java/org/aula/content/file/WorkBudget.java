package org.aula.content.file;

import java.time.Duration;

/// How long the work on one file may take. Readers ask it at every step that a file could make endless.
public final class WorkBudget {

    private final long end;

    public WorkBudget(Duration longest) {
        this.end = System.nanoTime() + longest.toNanos();
    }

    /// @throws UnworkableFileException when the time is over
    public void check() {
        if (System.nanoTime() - end > 0) {
            throw new UnprocessableFileException("it takes too long to work on it");
        }
    }
}
