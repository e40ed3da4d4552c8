package org.aula.assignments.file;

import java.time.Instant;
import java.util.UUID;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.course.Status;
import org.jspecify.annotations.Nullable;

/// Work to hand in as files, as its author works on it.
///
/// @param lessonId null for none
/// @param publishedVersion the last version; 0 for none
/// @param publishedAt null for never
/// @param updatedAt of its content
/// @param version rises with every change; the etag
record FileAssignment(
        UUID id,
        UUID courseId,
        @Nullable UUID lessonId,
        String title,
        String description,
        FileAssignmentSettings settings,
        Status status,
        int publishedVersion,
        @Nullable Instant publishedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    static FileAssignment created(
            UUID id, UUID courseId, @Nullable UUID lessonId, String title, String description, Instant now) {
        return new FileAssignment(
                id,
                courseId,
                lessonId,
                title,
                description,
                FileAssignmentSettings.USUAL,
                Status.DRAFT,
                0,
                null,
                now,
                now,
                1);
    }

    /// Its author says something else about it; itself when nothing differs.
    FileAssignment edited(
            @Nullable UUID newLessonId,
            String newTitle,
            String newDescription,
            FileAssignmentSettings newHandIn,
            Instant now) {
        var next = new FileAssignment(
                id,
                courseId,
                newLessonId,
                newTitle,
                newDescription,
                newHandIn,
                status,
                publishedVersion,
                publishedAt,
                createdAt,
                updatedAt,
                version);
        return next.equals(this) ? this : next.moved(status, publishedVersion, publishedAt, now);
    }

    /// A new version was published.
    FileAssignment published(Instant now) {
        return moved(Status.PUBLISHED, publishedVersion + 1, now, now);
    }

    /// Nothing differs from the last version, which is offered again. Itself when it is offered.
    FileAssignment offeredAgain() {
        var current = publishedAt != null && updatedAt.equals(publishedAt);
        return status == Status.PUBLISHED && current
                ? this
                : moved(Status.PUBLISHED, publishedVersion, publishedAt, publishedAt == null ? updatedAt : publishedAt);
    }

    /// Itself when it is withdrawn.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with STATUS_FORBIDS
    FileAssignment withdrawn() {
        return switch (status) {
            case DRAFT ->
                throw Refusals.statusForbids("an assignment that was never published cannot be withdrawn", status);
            case WITHDRAWN -> this;
            case PUBLISHED -> moved(Status.WITHDRAWN, publishedVersion, publishedAt, updatedAt);
        };
    }

    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with STATUS_FORBIDS
    void requireDeletable() {
        if (status != Status.DRAFT) {
            throw Refusals.statusForbids("an assignment that was published is withdrawn, not deleted", status);
        }
    }

    private FileAssignment moved(
            Status newStatus, int newPublishedVersion, @Nullable Instant newPublishedAt, Instant newUpdatedAt) {
        return new FileAssignment(
                id,
                courseId,
                lessonId,
                title,
                description,
                settings,
                newStatus,
                newPublishedVersion,
                newPublishedAt,
                createdAt,
                newUpdatedAt,
                version + 1);
    }
}
