package org.aula.courses.duplicate;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.lesson.LessonRepository;
import org.aula.courses.section.SectionRepository;
import org.aula.courses.tag.Tag;
import org.aula.kernel.postgres.Database;

/// Reads whole courses.
@Singleton
public final class CourseReader {

    /// A course and whose it is.
    public record Owned(CourseSnapshot course, UUID instructorId, String slug) {}

    private final CourseRepository courses;
    private final SectionRepository sections;
    private final LessonRepository lessons;
    private final Database database;

    CourseReader(CourseRepository courses, SectionRepository sections, LessonRepository lessons, Database database) {
        this.courses = courses;
        this.sections = sections;
        this.lessons = lessons;
        this.database = database;
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND
    public Owned read(UUID courseId) {
        return database.query(() -> {
            var course = courses.find(courseId).orElseThrow(CourseAccess::notFound);
            var snapshot = new CourseSnapshot(
                    course.details(),
                    course.tags().stream().map(Tag::name).toList(),
                    course.prerequisiteIds(),
                    sections.ofCourse(courseId),
                    lessons.ofCourse(courseId));
            return new Owned(snapshot, course.instructorId(), course.slug());
        });
    }
}
