package org.aula.courses.course;

import io.micronaut.data.annotation.MappedEntity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.tag.Tag;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// A course and the rules of its way from draft to catalog.
///
/// ```
/// DRAFT --submit--> REVIEW --publish--> PUBLISHED --archive--> ARCHIVED
///   ^                 |                                            |
///   +----giveBack-----+                                            |
///   +--------------------------revise------------------------------+
/// ```
///
/// The owner submits, archives and revises; a reviewer publishes and gives back. Only a draft is deleted.
///
/// Each change gives the next state of the course, with the next version. A course that is already where
/// the change leads is given back as it is, so that a call that is sent twice is answered twice alike.
///
/// @param instructorId who teaches and owns it
/// @param slug name in addresses, kept when the title changes
/// @param returnReason what a reviewer wants changed; empty unless it was given back
/// @param featured whether the catalog shows it first
/// @param tags by name, not counted
/// @param prerequisiteIds courses to complete before enrolling
/// @param stats what is counted of it
/// @param publishedAt null while it was never published
/// @param version rises with every change; the etag
@MappedEntity("courses")
@RecordBuilder
public record Course(
        UUID id,
        UUID instructorId,
        String slug,
        CourseStatus status,
        String returnReason,
        CourseDetails details,
        boolean featured,
        List<Tag> tags,
        List<UUID> prerequisiteIds,
        CourseStats stats,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant publishedAt,
        long version) {

    public Course {
        tags = List.copyOf(tags);
        prerequisiteIds = List.copyOf(prerequisiteIds);
    }

    /// A new course, still without a slug.
    public static Course draft(UUID id, UUID instructorId, CourseDetails details, Instant now) {
        return CourseBuilder.builder()
                .id(id)
                .instructorId(instructorId)
                .slug("")
                .status(CourseStatus.DRAFT)
                .returnReason("")
                .details(details)
                .tags(List.of())
                .prerequisiteIds(List.of())
                .stats(CourseStats.NONE)
                .createdAt(now)
                .updatedAt(now)
                .version(1)
                .build();
    }

    /// Whether this viewer may know that it exists.
    public boolean isVisibleTo(Viewer viewer) {
        return status == CourseStatus.PUBLISHED
                || viewer.seesUnpublishedOf(instructorId)
                || viewer.kept().contains(id);
    }

    /// Whether it ever was in the catalog, so that there may be learners who keep it.
    public boolean wasPublished() {
        return publishedAt != null;
    }

    /// Says something else about it.
    Course describe(CourseDetails newDetails, Instant now) {
        return newDetails.equals(details) ? this : next(now).details(newDetails).build();
    }

    /// Shows it first in the catalog, or no longer.
    Course feature(boolean first, Instant now) {
        return first == featured ? this : next(now).featured(first).build();
    }

    /// Carries these tags and no others.
    Course tag(List<Tag> newTags, Instant now) {
        return newTags.equals(tags) ? this : next(now).tags(newTags).build();
    }

    /// Needs these courses before it and no others.
    Course require(List<UUID> newPrerequisiteIds, Instant now) {
        return newPrerequisiteIds.equals(prerequisiteIds)
                ? this
                : next(now).prerequisiteIds(newPrerequisiteIds).build();
    }

    /// Hands it in for review.
    ///
    /// @param hasLessons whether there is anything to review
    /// @throws ServiceException FAILED_PRECONDITION with COURSE_STATUS_FORBIDS or COURSE_EMPTY
    Course submit(boolean hasLessons, Instant now) {
        return switch (status) {
            case REVIEW -> this;
            case DRAFT -> {
                if (!hasLessons) {
                    throw Errors.failedPrecondition(
                            ErrorReason.ERROR_REASON_COURSE_EMPTY, "add a lesson first", Map.of());
                }
                yield moved(CourseStatus.REVIEW, "", now);
            }
            case PUBLISHED, ARCHIVED -> throw forbids(CourseStatus.REVIEW);
        };
    }

    /// Puts it into the catalog.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with COURSE_STATUS_FORBIDS
    Course publish(Instant now) {
        return switch (status) {
            case PUBLISHED -> this;
            case REVIEW ->
                next(now)
                        .status(CourseStatus.PUBLISHED)
                        .returnReason("")
                        .publishedAt(now)
                        .build();
            case DRAFT, ARCHIVED -> throw forbids(CourseStatus.PUBLISHED);
        };
    }

    /// Gives it back to its author.
    ///
    /// @param reason what has to change
    /// @throws ServiceException FAILED_PRECONDITION with COURSE_STATUS_FORBIDS
    Course giveBack(String reason, Instant now) {
        if (status == CourseStatus.DRAFT && returnReason.equals(reason)) {
            return this;
        }
        return switch (status) {
            case REVIEW -> moved(CourseStatus.DRAFT, reason, now);
            case DRAFT, PUBLISHED, ARCHIVED -> throw forbids(CourseStatus.DRAFT);
        };
    }

    /// Takes it out of the catalog.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with COURSE_STATUS_FORBIDS
    Course archive(Instant now) {
        return switch (status) {
            case ARCHIVED -> this;
            case PUBLISHED -> moved(CourseStatus.ARCHIVED, "", now);
            case DRAFT, REVIEW -> throw forbids(CourseStatus.ARCHIVED);
        };
    }

    /// Makes it a draft again.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with COURSE_STATUS_FORBIDS
    Course revise(Instant now) {
        return switch (status) {
            case DRAFT -> this;
            case ARCHIVED -> moved(CourseStatus.DRAFT, "", now);
            case REVIEW, PUBLISHED -> throw forbids(CourseStatus.DRAFT);
        };
    }

    /// Refuses to be deleted unless it is a draft.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with COURSE_STATUS_FORBIDS
    void requireDraft() {
        if (status != CourseStatus.DRAFT) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_COURSE_STATUS_FORBIDS,
                    "a course that is " + status + " cannot be deleted",
                    Map.of("status", status.name(), "wanted", "DELETED"));
        }
    }

    Course withSlug(String newSlug) {
        return CourseBuilder.builder(this).slug(newSlug).build();
    }

    private CourseBuilder next(Instant now) {
        return CourseBuilder.builder(this).updatedAt(now).version(version + 1);
    }

    private Course moved(CourseStatus newStatus, String newReturnReason, Instant now) {
        return next(now).status(newStatus).returnReason(newReturnReason).build();
    }

    private ServiceException forbids(CourseStatus wanted) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_COURSE_STATUS_FORBIDS,
                "a course that is " + status + " cannot become " + wanted,
                Map.of("status", status.name(), "wanted", wanted.name()));
    }
}
