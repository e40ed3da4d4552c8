package org.aula.content.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// A file's bytes as a channel that reads ahead, so that many small reads cost few requests. While a bound
/// is set, no more than so many bytes are given.
final class FileByteChannel implements SeekableByteChannel {

    private static final int WINDOW_BYTES = 1 << 20;

    private final FileBytes bytes;
    private final WorkBudget budget;
    private byte[] window = new byte[0];
    private long windowFrom;
    private long position;
    private long left = Long.MAX_VALUE;
    private boolean open = true;

    FileByteChannel(FileBytes bytes, WorkBudget budget) {
        this.bytes = bytes;
        this.budget = budget;
    }

    void bound(long most) {
        left = most;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        budget.check();
        if (position >= bytes.size()) {
            return -1;
        }
        if (position < windowFrom || position >= windowFrom + window.length) {
            // Whoever goes back goes on doing so: the end of an archive is searched for from behind.
            windowFrom = position < windowFrom ? Math.max(0, position - WINDOW_BYTES / 2) : position;
            window = bytes.read(windowFrom, WINDOW_BYTES);
        }
        var offset = (int) (position - windowFrom);
        var length = Math.min(target.remaining(), window.length - offset);
        left -= length;
        if (left < 0) {
            throw new IOException("its list of entries is too long");
        }
        target.put(window, offset, length);
        position += length;
        return length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long next) {
        position = next;
        return this;
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
