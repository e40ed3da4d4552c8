package org.aula.content.file;

import java.io.Writer;

/// Collects text up to a bound; then [#isFull], and what comes is dropped.
final class BoundedText extends Writer {

    /// Characters of a document that are kept.
    static final int MAX_CHARACTERS = 4_000_000;

    private final StringBuilder text = new StringBuilder();
    private final WorkBudget budget;

    BoundedText(WorkBudget budget) {
        this.budget = budget;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        budget.check();
        text.append(characters, offset, Math.min(length, MAX_CHARACTERS - text.length()));
    }

    boolean isFull() {
        return text.length() >= MAX_CHARACTERS;
    }

    /// Without the NUL that some files hold and some stores do not take.
    @Override
    public String toString() {
        return text.toString().replace("\0", "").strip();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
