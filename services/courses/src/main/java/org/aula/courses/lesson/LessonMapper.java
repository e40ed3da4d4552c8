package org.aula.courses.lesson;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.ReorderLessonsRequest;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Lessons to and from messages.
final class LessonMapper {

    private LessonMapper() {}

    /// A new lesson as asked for.
    ///
    /// @param sortOrder its place in the section
    static Lesson create(CreateLessonRequest request, UUID courseId, int sortOrder, Instant now) {
        return new Lesson(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getSectionId()),
                courseId,
                request.getTitle(),
                fromProto(request.getType()),
                sortOrder,
                Times.duration(request.getDuration()),
                request.getPreview(),
                !request.getOptional(),
                now);
    }

    /// A lesson after what the mask names was changed, still of the version before.
    static Lesson update(Lesson before, UpdateLessonRequest request) {
        var mask = request.getUpdateMask();
        if (mask.getPathsList().contains("title") && request.getTitle().isBlank()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "title", "must not be empty");
        }
        var wanted = Updates.merge(changes(before), request, mask);
        var type = fromProto(wanted.getType());
        return new Lesson(
                before.id(),
                before.sectionId(),
                before.courseId(),
                wanted.getTitle(),
                type,
                before.sortOrder(),
                wanted.getDuration().getSeconds(),
                wanted.getPreview(),
                wanted.getMandatory(),
                wanted.getExternalUrl(),
                liveAt(wanted, type, mask.getPathsList().contains("live_time")),
                instant(wanted.hasReleaseTime(), "release_time", wanted.getReleaseTime()),
                before.prerequisiteIds(),
                before.updatedAt(),
                before.version());
    }

    private static UpdateLessonRequest changes(Lesson lesson) {
        var changes = UpdateLessonRequest.newBuilder()
                .setTitle(lesson.title())
                .setType(toProto(lesson.type()))
                .setDuration(Times.duration(lesson.duration()))
                .setPreview(lesson.preview())
                .setMandatory(lesson.mandatory())
                .setExternalUrl(lesson.externalUrl());
        var liveAt = lesson.liveAt();
        if (liveAt != null) {
            changes.setLiveTime(Times.timestamp(liveAt));
        }
        var releaseAt = lesson.releaseAt();
        if (releaseAt != null) {
            changes.setReleaseTime(Times.timestamp(releaseAt));
        }
        return changes.build();
    }

    /// Goes with the type: what is no live session any more has no beginning.
    ///
    /// @param given whether the caller changes it
    private static @Nullable Instant liveAt(UpdateLessonRequest wanted, LessonType type, boolean given) {
        if (type == LessonType.LIVE_SESSION) {
            return instant(wanted.hasLiveTime(), "live_time", wanted.getLiveTime());
        }
        if (given && wanted.hasLiveTime()) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED, "live_time", "only a live session begins at a time");
        }
        return null;
    }

    /// As exact as the database keeps it, and no further away than years of four digits.
    private static @Nullable Instant instant(boolean given, String field, Timestamp time) {
        if (!given) {
            return null;
        }
        if (!Timestamps.isValid(time)) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, "is no valid time");
        }
        return Times.instant(time).truncatedTo(ChronoUnit.MICROS);
    }

    static org.aula.api.courses.v1.Lesson toProto(Lesson lesson) {
        var message = org.aula.api.courses.v1.Lesson.newBuilder()
                .setId(lesson.id().toString())
                .setSectionId(lesson.sectionId().toString())
                .setCourseId(lesson.courseId().toString())
                .setTitle(lesson.title())
                .setType(toProto(lesson.type()))
                .setSortOrder(lesson.sortOrder())
                .setDuration(Times.duration(lesson.duration()))
                .setPreview(lesson.preview())
                .setMandatory(lesson.mandatory())
                .setUpdateTime(Times.timestamp(lesson.updatedAt()))
                .setExternalUrl(lesson.externalUrl())
                .addAllPrerequisiteLessonIds(
                        lesson.prerequisiteIds().stream().map(UUID::toString).toList())
                .setEtag(Long.toString(lesson.version()));
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

    static org.aula.api.courses.v1.LessonList toProto(LessonList listed) {
        return org.aula.api.courses.v1.LessonList.newBuilder()
                .setSectionId(listed.sectionId().toString())
                .addAllLessons(
                        listed.lessons().stream().map(LessonMapper::toProto).toList())
                .setTotal(listed.total())
                .build();
    }

    /// The places that an order gives to lessons, section by section.
    static List<LessonService.Position> positions(ReorderLessonsRequest request) {
        return request.getSectionsList().stream()
                .flatMap(section -> {
                    var sectionId = UUID.fromString(section.getSectionId());
                    return IntStream.range(0, section.getLessonIdsCount())
                            .mapToObj(index -> new LessonService.Position(
                                    UUID.fromString(section.getLessonIds(index)), sectionId, index));
                })
                .toList();
    }

    /// The sections that an order names, in its order.
    static List<UUID> sectionIds(ReorderLessonsRequest request) {
        return request.getSectionsList().stream()
                .map(section -> UUID.fromString(section.getSectionId()))
                .toList();
    }

    private static org.aula.api.courses.v1.LessonType toProto(LessonType type) {
        return org.aula.api.courses.v1.LessonType.valueOf("LESSON_TYPE_" + type.name());
    }

    private static LessonType fromProto(org.aula.api.courses.v1.LessonType type) {
        return switch (type) {
            case LESSON_TYPE_UNSPECIFIED, LESSON_TYPE_ARTICLE, UNRECOGNIZED -> LessonType.ARTICLE;
            case LESSON_TYPE_VIDEO -> LessonType.VIDEO;
            case LESSON_TYPE_QUIZ -> LessonType.QUIZ;
            case LESSON_TYPE_ASSIGNMENT -> LessonType.ASSIGNMENT;
            case LESSON_TYPE_LIVE_SESSION -> LessonType.LIVE_SESSION;
        };
    }
}
