package org.aula.assignments.draft;

import java.time.Instant;
import java.util.UUID;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.course.Status;
import org.jspecify.annotations.Nullable;

/// A quiz as its author works on it.
///
/// @param lessonId null for none
/// @param totalPoints of its questions and draws
/// @param questionCount questions that a learner gets
/// @param publishedVersion the last version; 0 for none
/// @param publishedAt null for never
/// @param updatedAt of its content, its questions and draws included
/// @param version rises with every change; the etag
public record Quiz(
        UUID id,
        UUID courseId,
        @Nullable UUID lessonId,
        String title,
        String description,
        QuizSettings settings,
        int totalPoints,
        int questionCount,
        Status status,
        int publishedVersion,
        @Nullable Instant publishedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public static Quiz created(
            UUID id, UUID courseId, @Nullable UUID lessonId, String title, String description, Instant now) {
        return new Quiz(
                id,
                courseId,
                lessonId,
                title,
                description,
                QuizSettings.USUAL,
                0,
                0,
                Status.DRAFT,
                0,
                null,
                now,
                now,
                1);
    }

    /// With its questions, as it is when both are made together.
    public Quiz with(QuizSettings itsSettings, int points, int questions) {
        return new Quiz(
                id,
                courseId,
                lessonId,
                title,
                description,
                itsSettings,
                points,
                questions,
                status,
                publishedVersion,
                publishedAt,
                createdAt,
                updatedAt,
                version);
    }

    /// Its author says something else about it; itself when nothing differs.
    public Quiz edited(
            @Nullable UUID newLessonId, String newTitle, String newDescription, QuizSettings newSettings, Instant now) {
        var next = new Quiz(
                id,
                courseId,
                newLessonId,
                newTitle,
                newDescription,
                newSettings,
                totalPoints,
                questionCount,
                status,
                publishedVersion,
                publishedAt,
                createdAt,
                updatedAt,
                version);
        return next.equals(this) ? this : next.moved(status, publishedVersion, publishedAt, now);
    }

    /// A new version was published.
    public Quiz published(Instant now) {
        return moved(Status.PUBLISHED, publishedVersion + 1, now, now);
    }

    /// Nothing differs from the last version, which is offered again. Itself when it is offered.
    public Quiz offeredAgain() {
        var current = publishedAt != null && updatedAt.equals(publishedAt);
        return status == Status.PUBLISHED && current
                ? this
                : moved(Status.PUBLISHED, publishedVersion, publishedAt, publishedAt == null ? updatedAt : publishedAt);
    }

    /// Itself when it is withdrawn.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with STATUS_FORBIDS
    public Quiz withdrawn() {
        return switch (status) {
            case DRAFT -> throw Refusals.statusForbids("a quiz that was never published cannot be withdrawn", status);
            case WITHDRAWN -> this;
            case PUBLISHED -> moved(Status.WITHDRAWN, publishedVersion, publishedAt, updatedAt);
        };
    }

    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with STATUS_FORBIDS
    public void requireDeletable() {
        if (status != Status.DRAFT) {
            throw Refusals.statusForbids("a quiz that was published is withdrawn, not deleted", status);
        }
    }

    private Quiz moved(
            Status newStatus, int newPublishedVersion, @Nullable Instant newPublishedAt, Instant newUpdatedAt) {
        return new Quiz(
                id,
                courseId,
                lessonId,
                title,
                description,
                settings,
                totalPoints,
                questionCount,
                newStatus,
                newPublishedVersion,
                newPublishedAt,
                createdAt,
                newUpdatedAt,
                version + 1);
    }
}
