package org.aula.courses.export;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.olx.OlxArchive;

/// Reads archives of exports.
@Singleton
public final class ExportedCourseReader {

    private final ArchiveMapper protos;

    ExportedCourseReader(ArchiveMapper protos) {
        this.protos = protos;
    }

    /// Checks the whole archive.
    ///
    /// @param cancelled asked now and then
    /// @throws org.aula.courses.olx.InvalidCourseException when it is no course
    public ExportedCourse read(OlxArchive archive, BooleanSupplier cancelled) {
        return ExportedCourse.read(archive, protos, cancelled);
    }

    /// What a lesson teaches; not kept, since all of them together may be large.
    public List<Page> content(ExportedCourse course, UUID lessonId) {
        return protos.content(course.file(ExportedCourse.content(lessonId)));
    }
}
