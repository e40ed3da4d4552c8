package org.aula.content.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes up to a bound and within a time. What lies behind the bound is refused, not cut off.
final class BoundedStream extends FilterInputStream {

    private final WorkBudget budget;
    private final String refusal;
    private long left;

    /// @param most bytes
    /// @param refusal what to say of a file with more
    BoundedStream(InputStream source, long most, String refusal, WorkBudget budget) {
        super(source);
        this.left = most;
        this.refusal = refusal;
        this.budget = budget;
    }

    @Override
    public int read() throws IOException {
        var single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        budget.check();
        var read = in.read(buffer, offset, length);
        left -= Math.max(read, 0);
        if (left < 0) {
            throw new UnprocessableFileException(refusal);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        var read = read(new byte[Math.clamp(count, 0, 8192)]);
        return Math.max(read, 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
