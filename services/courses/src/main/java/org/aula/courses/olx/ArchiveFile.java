package org.aula.courses.olx;

import java.nio.file.Path;

/// One file out of the archive.
///
/// @param name its name in the archive, `/` between folders
/// @param sizeBytes its size
/// @param sha256 of its content, lower-case hex
/// @param location where its content was stored; the file's name there has nothing to do with `name`
public record ArchiveFile(String name, long sizeBytes, String sha256, Path location) {}
