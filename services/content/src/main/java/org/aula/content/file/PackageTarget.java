package org.aula.content.file;

import java.nio.file.Path;

/// Where the files of a learning package go.
@FunctionalInterface
public interface PackageTarget {

    /// Keeps one file.
    ///
    /// @param path inside the package, checked
    /// @param content on the disk, gone after the call
    void keep(String path, Path content);
}
