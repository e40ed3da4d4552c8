package org.aula.courses.lesson;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.LessonList;
import org.aula.kernel.time.Times;

/// Lessons to and from messages.
final class LessonProtos {

    private LessonProtos() {}

    /// A new lesson as asked for.
    ///
    /// @param sortOrder its place in the section
    static Lesson newLesson(CreateLessonRequest request, UUID courseId, int sortOrder, Instant now) {
        return new Lesson(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getSectionId()),
                courseId,
                request.getTitle(),
                type(request.getType()),
                sortOrder,
                Times.duration(request.getDuration()),
                request.getPreview(),
                !request.getOptional(),
                now);
    }

    static org.aula.api.courses.v1.Lesson message(Lesson lesson) {
        return org.aula.api.courses.v1.Lesson.newBuilder()
                .setId(lesson.id().toString())
                .setSectionId(lesson.sectionId().toString())
                .setCourseId(lesson.courseId().toString())
                .setTitle(lesson.title())
                .setType(org.aula.api.courses.v1.LessonType.valueOf(
                        "LESSON_TYPE_" + lesson.type().name()))
                .setSortOrder(lesson.sortOrder())
                .setDuration(Times.duration(lesson.duration()))
                .setPreview(lesson.preview())
                .setMandatory(lesson.mandatory())
                .setUpdateTime(Times.timestamp(lesson.updatedAt()))
                .build();
    }

    static LessonList message(LessonRepository.Listed listed) {
        return LessonList.newBuilder()
                .setSectionId(listed.sectionId().toString())
                .addAllLessons(
                        listed.lessons().stream().map(LessonProtos::message).toList())
                .setTotal(listed.total())
                .build();
    }

    private static LessonType type(org.aula.api.courses.v1.LessonType type) {
        return switch (type) {
            case LESSON_TYPE_UNSPECIFIED, LESSON_TYPE_ARTICLE, UNRECOGNIZED -> LessonType.ARTICLE;
            case LESSON_TYPE_VIDEO -> LessonType.VIDEO;
            case LESSON_TYPE_QUIZ -> LessonType.QUIZ;
            case LESSON_TYPE_ASSIGNMENT -> LessonType.ASSIGNMENT;
            case LESSON_TYPE_LIVE_SESSION -> LessonType.LIVE_SESSION;
        };
    }
}
