package org.aula.courses.export;

import java.util.UUID;
import org.aula.courses.media.CourseFile;

/// A file of a course's archive.
///
/// @param id the content asset that it was, as the course names it
public record ArchivedMedia(UUID id, CourseFile file) {

    /// Its name in the archive. Without an ending: what is below this folder is never read as text.
    public String name() {
        return name(id);
    }

    static String name(UUID id) {
        return "static/" + id;
    }
}
