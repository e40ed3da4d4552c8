package org.aula.courses.olx;

/// A file that an imported block, the overview or the course itself refers to.
///
/// @param archivePath its name in the archive; [OlxArchive#file] gives the content
/// @param fileName the last part of that name, as its author wrote it
/// @param contentType guessed from the file name's ending, `application/octet-stream` if unknown
/// @param sizeBytes its size
/// @param sha256 of its content, lower-case hex
public record MediaFile(String archivePath, String fileName, String contentType, long sizeBytes, String sha256) {
    /// What blocks call it, see [Placeholders].
    public String placeholder() {
        return Placeholders.media(archivePath);
    }
}
