package org.aula.courses.lesson;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.ReorderLessonsRequest;
import org.aula.api.courses.v1.UpdateLessonRequest;
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
                type(request.getType()),
                sortOrder,
                seconds(request.getDuration()),
                request.getPreview(),
                !request.getOptional(),
                now);
    }

    /// A lesson after what the mask names was changed, still of the version before.
    static Lesson update(Lesson before, UpdateLessonRequest request) {
        var mask = request.getUpdateMask().getPathsList();
        if (mask.contains("title") && request.getTitle().isBlank()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "title", "must not be empty");
        }
        var type = mask.contains("type") ? type(request.getType()) : before.type();
        return new Lesson(
                before.id(),
                before.sectionId(),
                before.courseId(),
                mask.contains("title") ? request.getTitle() : before.title(),
                type,
                before.sortOrder(),
                mask.contains("duration") ? seconds(request.getDuration()) : before.duration(),
                mask.contains("preview") ? request.getPreview() : before.preview(),
                mask.contains("mandatory") ? request.getMandatory() : before.mandatory(),
                mask.contains("external_url") ? request.getExternalUrl() : before.externalUrl(),
                liveAt(before, request, type),
                mask.contains("release_time")
                        ? instant(request.hasReleaseTime(), "release_time", request.getReleaseTime())
                        : before.releaseAt(),
                before.prerequisiteIds(),
                before.updatedAt(),
                before.version());
    }

    /// Goes with the type: what is no live session any more has no beginning.
    private static @Nullable Instant liveAt(Lesson before, UpdateLessonRequest request, LessonType type) {
        if (!request.getUpdateMask().getPathsList().contains("live_time")) {
            return type == LessonType.LIVE_SESSION ? before.liveAt() : null;
        }
        if (request.hasLiveTime() && type != LessonType.LIVE_SESSION) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED, "live_time", "only a live session begins at a time");
        }
        return instant(request.hasLiveTime(), "live_time", request.getLiveTime());
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

    private static Duration seconds(com.google.protobuf.Duration duration) {
        return Times.duration(duration).truncatedTo(ChronoUnit.SECONDS);
    }

    static org.aula.api.courses.v1.Lesson toProto(Lesson lesson) {
        var message = org.aula.api.courses.v1.Lesson.newBuilder()
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

    static LessonList toProto(LessonRepository.Listed listed) {
        return LessonList.newBuilder()
                .setSectionId(listed.sectionId().toString())
                .addAllLessons(
                        listed.lessons().stream().map(LessonMapper::toProto).toList())
                .setTotal(listed.total())
                .build();
    }

    /// The places that an order gives to lessons, section by section.
    static List<LessonOutline.Place> places(ReorderLessonsRequest request) {
        return request.getSectionsList().stream()
                .flatMap(section -> {
                    var sectionId = UUID.fromString(section.getSectionId());
                    return IntStream.range(0, section.getLessonIdsCount())
                            .mapToObj(place -> new LessonOutline.Place(
                                    UUID.fromString(section.getLessonIds(place)), sectionId, place));
                })
                .toList();
    }

    /// The sections that an order names, in its order.
    static List<UUID> sectionIds(ReorderLessonsRequest request) {
        return request.getSectionsList().stream()
                .map(section -> UUID.fromString(section.getSectionId()))
                .toList();
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
