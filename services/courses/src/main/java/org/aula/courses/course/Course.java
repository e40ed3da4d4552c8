package org.aula.courses.course;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// A course and the rules of its way from draft to catalogue.
///
/// ```
/// DRAFT --submit--> REVIEW --publish--> PUBLISHED
///   ^                 |
///   +----giveBack-----+
/// ```
///
/// Each change gives the next state of the course, with the next version. A course that is already where
/// the change leads is given back as it is, so that a call that is sent twice is answered twice alike.
///
/// @param instructorId who teaches and owns it
/// @param slug name in addresses, kept when the title changes
/// @param returnReason what a reviewer wants changed; empty unless it was given back
/// @param stats what is counted of it
/// @param publishedAt null while it was never published
/// @param version rises with every change; the etag
public record Course(
        UUID id,
        UUID instructorId,
        String slug,
        CourseStatus status,
        String returnReason,
        CourseDetails details,
        CourseStats stats,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant publishedAt,
        long version) {

    /// A new course, still without a slug.
    public static Course draft(UUID id, UUID instructorId, CourseDetails details, Instant now) {
        return new Course(id, instructorId, "", CourseStatus.DRAFT, "", details, CourseStats.NONE, now, now, null, 1);
    }

    /// Whether this viewer may know that it exists.
    public boolean isVisibleTo(Viewer viewer) {
        return status == CourseStatus.PUBLISHED || viewer.seesUnpublishedOf(instructorId);
    }

    /// Says something else about it.
    Course describe(CourseDetails newDetails, Instant now) {
        return newDetails.equals(details) ? this : next(status, returnReason, newDetails, publishedAt, now);
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
                yield next(CourseStatus.REVIEW, "", details, publishedAt, now);
            }
            case PUBLISHED, ARCHIVED -> throw forbids(CourseStatus.REVIEW);
        };
    }

    /// Puts it into the catalogue.
    ///
    /// @throws ServiceException FAILED_PRECONDITION with COURSE_STATUS_FORBIDS
    Course publish(Instant now) {
        return switch (status) {
            case PUBLISHED -> this;
            case REVIEW -> next(CourseStatus.PUBLISHED, "", details, now, now);
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
            case REVIEW -> next(CourseStatus.DRAFT, reason, details, publishedAt, now);
            case DRAFT, PUBLISHED, ARCHIVED -> throw forbids(CourseStatus.DRAFT);
        };
    }

    Course withSlug(String newSlug) {
        return new Course(
                id,
                instructorId,
                newSlug,
                status,
                returnReason,
                details,
                stats,
                createdAt,
                updatedAt,
                publishedAt,
                version);
    }

    private Course next(
            CourseStatus newStatus,
            String newReason,
            CourseDetails newDetails,
            @Nullable Instant newPublishedAt,
            Instant now) {
        return new Course(
                id,
                instructorId,
                slug,
                newStatus,
                newReason,
                newDetails,
                stats,
                createdAt,
                now,
                newPublishedAt,
                version + 1);
    }

    private ServiceException forbids(CourseStatus wanted) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_COURSE_STATUS_FORBIDS,
                "a course that is " + status + " cannot become " + wanted,
                Map.of("status", status.name(), "wanted", wanted.name()));
    }
}
