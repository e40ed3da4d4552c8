package org.aula.content.asset;

import org.aula.content.file.FileBytes;

/// An object's bytes, read by range.
record StoredBytes(ObjectStore objects, String key, long size) implements FileBytes {

    @Override
    public byte[] read(long from, int length) {
        var most = (int) Math.min(length, size - from);
        return most <= 0 ? new byte[0] : objects.range(key, from, most);
    }
}
