package org.aula.content.file;

/// The bytes of one file, wherever they lie, read piece by piece.
public interface FileBytes {

    /// All of them, in bytes.
    long size();

    /// Some of them.
    ///
    /// @param from where to begin, 0 to the size
    /// @param length how many at most
    /// @return as many as there are, fewer only at the end
    byte[] read(long from, int length);
}
