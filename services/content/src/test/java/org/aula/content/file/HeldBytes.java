package org.aula.content.file;

import java.util.Arrays;

/// A file in memory.
record HeldBytes(byte[] bytes) implements FileBytes {

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public byte[] read(long from, int length) {
        return Arrays.copyOfRange(bytes, (int) from, (int) Math.min(bytes.length, from + length));
    }
}
