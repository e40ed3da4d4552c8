package org.aula.courses.export;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.aula.api.courses.v1.ArchivedLesson;
import org.aula.api.courses.v1.ArchivedSection;
import org.aula.api.courses.v1.CourseArchive;
import org.aula.courses.course.CourseMapper;
import org.aula.courses.duplicate.CourseSnapshot;
import org.aula.courses.lesson.Lesson;
import org.aula.courses.lesson.LessonType;
import org.aula.courses.section.Section;
import org.aula.kernel.time.Times;

/// A course with its outline to and from messages.
final class OutlineMapper {

    private OutlineMapper() {}

    static CourseArchive toProto(CourseSnapshot course) {
        var message = CourseArchive.newBuilder()
                .setCourse(CourseMapper.changes(course.details()))
                .addAllTagNames(course.tagNames())
                .addAllPrerequisiteCourseIds(
                        course.prerequisiteIds().stream().map(UUID::toString).toList());
        course.sections()
                .forEach(section -> message.addSections(ArchivedSection.newBuilder()
                        .setTitle(section.title())
                        .setDescription(section.description())
                        .addAllLessons(course.lessons().stream()
                                .filter(lesson -> lesson.sectionId().equals(section.id()))
                                .map(OutlineMapper::toProto)
                                .toList())));
        return message.build();
    }

    /// @throws org.aula.kernel.error.ServiceException when a rule of a course is broken
    /// @throws org.aula.courses.olx.InvalidCourseException when the outline contradicts itself
    static CourseSnapshot fromProto(CourseArchive archive) {
        var sections = new ArrayList<Section>();
        var lessons = new ArrayList<Lesson>();
        var course = UuidCreator.getTimeOrderedEpoch();
        for (var section : archive.getSectionsList()) {
            var id = UuidCreator.getTimeOrderedEpoch();
            sections.add(new Section(id, course, section.getTitle(), section.getDescription(), sections.size()));
            for (var index = 0; index < section.getLessonsCount(); index++) {
                lessons.add(lesson(section.getLessons(index), course, id, index));
            }
        }
        OutlineRules.require(lessons);
        return new CourseSnapshot(
                CourseMapper.details(archive.getCourse()),
                archive.getTagNamesList(),
                archive.getPrerequisiteCourseIdsList().stream()
                        .map(UUID::fromString)
                        .toList(),
                sections,
                lessons);
    }

    private static ArchivedLesson toProto(Lesson lesson) {
        var message = ArchivedLesson.newBuilder()
                .setId(lesson.id().toString())
                .setTitle(lesson.title())
                .setType(org.aula.api.courses.v1.LessonType.valueOf(
                        "LESSON_TYPE_" + lesson.type().name()))
                .setDuration(Times.duration(lesson.duration()))
                .setPreview(lesson.preview())
                .setMandatory(lesson.mandatory())
                .setExternalUrl(lesson.externalUrl())
                .addAllPrerequisiteLessonIds(
                        lesson.prerequisiteIds().stream().map(UUID::toString).toList());
        var liveAt = lesson.liveAt();
        if (liveAt != null) {
            message.setLiveTime(Times.timestamp(liveAt));
        }
        var releaseAt = lesson.releaseAt();
        if (releaseAt != null) {
            message.setReleaseTime(Times.timestamp(releaseAt));
        }
        return message.build();
    }

    private static Lesson lesson(ArchivedLesson lesson, UUID course, UUID section, int sortOrder) {
        return new Lesson(
                UUID.fromString(lesson.getId()),
                section,
                course,
                lesson.getTitle(),
                type(lesson.getType()),
                sortOrder,
                lesson.getDuration().getSeconds(),
                lesson.getPreview(),
                lesson.getMandatory(),
                lesson.getExternalUrl(),
                lesson.hasLiveTime() ? Times.instant(lesson.getLiveTime()) : null,
                lesson.hasReleaseTime() ? Times.instant(lesson.getReleaseTime()) : null,
                lesson.getPrerequisiteLessonIdsList().stream()
                        .map(UUID::fromString)
                        .toList(),
                Instant.EPOCH,
                1);
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
