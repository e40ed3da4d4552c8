package org.aula.courses.olx;

/// Told how far the extraction has come; called on the extracting thread, at most about once per mebibyte.
@FunctionalInterface
public interface Progress {
    /// Called as the extraction goes on, and once at its end.
    ///
    /// @param doneBytes compressed bytes read so far
    /// @param totalBytes size of the archive
    void report(long doneBytes, long totalBytes);
}
