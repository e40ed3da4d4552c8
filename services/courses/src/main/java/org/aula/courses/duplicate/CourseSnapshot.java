package org.aula.courses.duplicate;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.course.CourseDetails;
import org.aula.courses.course.CourseDetailsBuilder;
import org.aula.courses.lesson.Lesson;
import org.aula.courses.lesson.LessonType;
import org.aula.courses.section.Section;

/// A course at one moment, without what its lessons teach.
///
/// @param tagNames words of its tags
/// @param prerequisiteIds courses to complete before
/// @param sections in order
/// @param lessons section by section, in order
public record CourseSnapshot(
        CourseDetails details,
        List<String> tagNames,
        List<UUID> prerequisiteIds,
        List<Section> sections,
        List<Lesson> lessons) {

    public CourseSnapshot {
        tagNames = List.copyOf(tagNames);
        prerequisiteIds = List.copyOf(prerequisiteIds);
        sections = List.copyOf(sections);
        lessons = List.copyOf(lessons);
    }

    /// Ids of those lessons that quizzes can be in.
    public Set<UUID> lessonsForQuizzes() {
        return lessons.stream()
                .filter(lesson -> lesson.type() == LessonType.QUIZ)
                .map(Lesson::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The same under another title; empty for its own.
    CourseSnapshot titled(String title) {
        var described = title.isEmpty()
                ? details
                : CourseDetailsBuilder.builder(details).title(title).build();
        return new CourseSnapshot(described, tagNames, prerequisiteIds, sections, lessons);
    }
}
