package org.aula.courses.review;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// What a learner thinks of a course.
///
/// @param rating 1 to 5
/// @param visible whether everyone sees it and it counts
/// @param verified whether the course was open to its writer when it was written
/// @param helpfulCount how many found it helpful; no part of what the version is for
/// @param helpfulToMe whether the viewer did
@MappedEntity("course_reviews")
record Review(
        UUID id,
        UUID courseId,
        UUID userId,
        int rating,
        String title,
        String text,
        boolean visible,
        boolean verified,
        long helpfulCount,
        boolean helpfulToMe,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /// A review that was just written.
    static Review written(
            UUID id, UUID courseId, UUID userId, int rating, String title, String text, boolean verified, Instant now) {
        return new Review(id, courseId, userId, rating, title, text, true, verified, 0, false, now, now, 1);
    }

    /// Its writer says something else.
    Review rewritten(int newRating, String newTitle, String newText) {
        return with(newRating, newTitle, newText, visible, updatedAt, version);
    }

    /// A moderator hides or shows it.
    Review moderated(boolean newVisible) {
        return with(rating, title, text, newVisible, updatedAt, version);
    }

    /// The next version, made of this one.
    Review changedAt(Instant now) {
        return with(rating, title, text, visible, now, version + 1);
    }

    /// The same with one more vote, the viewer's, or one less.
    Review voted(boolean helpful) {
        return new Review(
                id,
                courseId,
                userId,
                rating,
                title,
                text,
                visible,
                verified,
                helpfulCount + (helpful ? 1 : -1),
                helpful,
                createdAt,
                updatedAt,
                version);
    }

    /// What it adds to the sum of the ratings that count.
    int countedRating() {
        return visible ? rating : 0;
    }

    /// What it adds to the number of reviews that count.
    int counted() {
        return visible ? 1 : 0;
    }

    private Review with(
            int newRating, String newTitle, String newText, boolean newVisible, Instant changedAt, long newVersion) {
        return new Review(
                id,
                courseId,
                userId,
                newRating,
                newTitle,
                newText,
                newVisible,
                verified,
                helpfulCount,
                helpfulToMe,
                createdAt,
                changedAt,
                newVersion);
    }
}
