package org.aula.grades.attempt;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.grades.quiz.QuizVersion;
import org.jspecify.annotations.Nullable;

/// One attempt of a learner at a quiz.
///
/// ```text
/// IN_PROGRESS ── handed in ──▶ SUBMITTED ── last answer graded ──▶ GRADED
///       └──────── handed in, nothing waits for a person ─────────────┘
/// ```
///
/// @param quizVersion what it asks, with the seed
/// @param passed null until it is graded
/// @param timeSpentSeconds null while it is under way
/// @param endAt when its time is over; null for never
/// @param regradedVersion the version by whose keys it was graded last, if not its own
@MappedEntity("quiz_submissions")
public record Attempt(
        UUID id,
        UUID quizId,
        int quizVersion,
        UUID courseId,
        @Nullable UUID lessonId,
        UUID userId,
        UUID enrollmentId,
        UUID requestId,
        int number,
        Status status,
        long seed,
        BigDecimal score,
        BigDecimal maxScore,
        @Nullable Boolean passed,
        @Nullable Integer timeSpentSeconds,
        Instant startedAt,
        @Nullable Instant endAt,
        @Nullable Instant submittedAt,
        boolean timedOut,
        @Nullable Instant gradedAt,
        @Nullable Integer regradedVersion,
        String feedback,
        long version) {

    /// As in the contract, without prefix.
    public enum Status {
        IN_PROGRESS,
        SUBMITTED,
        GRADED
    }

    /// Who begins an attempt, at what.
    record Beginning(UUID requestId, UUID userId, UUID enrollmentId, int number, long seed) {}

    static Attempt begun(UUID id, QuizVersion quizVersion, Beginning beginning, Instant now) {
        return new Attempt(
                id,
                quizVersion.quizId(),
                quizVersion.version(),
                quizVersion.courseId(),
                quizVersion.lessonId(),
                beginning.userId(),
                beginning.enrollmentId(),
                beginning.requestId(),
                beginning.number(),
                Status.IN_PROGRESS,
                beginning.seed(),
                new BigDecimal("0.00"),
                BigDecimal.valueOf(quizVersion.totalPoints()).setScale(2),
                null,
                null,
                now,
                quizVersion.rules().endOf(now),
                null,
                false,
                null,
                null,
                "",
                1);
    }

    public boolean isInProgress() {
        return status == Status.IN_PROGRESS;
    }

    /// Whether its time and the grace after it are over.
    boolean isOver(Instant now, Duration grace) {
        return endAt != null && now.isAfter(endAt.plus(grace));
    }

    /// Handed in by the learner.
    Attempt submitted(Instant now) {
        return submitted(now, false);
    }

    /// Handed in because its time was over, at that time.
    Attempt expired() {
        return submitted(endAt == null ? startedAt : endAt, true);
    }

    private Attempt submitted(Instant at, boolean byTime) {
        return new Attempt(
                id,
                quizId,
                quizVersion,
                courseId,
                lessonId,
                userId,
                enrollmentId,
                requestId,
                number,
                Status.SUBMITTED,
                seed,
                score,
                maxScore,
                null,
                Math.toIntExact(Math.max(0, Duration.between(startedAt, at).toSeconds())),
                startedAt,
                endAt,
                at,
                byTime,
                null,
                null,
                feedback,
                version + 1);
    }

    /// With the points that its answers come to; graded unless some of them wait for a person.
    public Attempt scored(Total total, QuizVersion.Rules rules, Instant now) {
        var passes = total.pending() ? null : rules.isPassed(total.points(), total.maxPoints());
        var since = gradedAt == null ? now : gradedAt;
        return new Attempt(
                id,
                quizId,
                quizVersion,
                courseId,
                lessonId,
                userId,
                enrollmentId,
                requestId,
                number,
                total.pending() ? Status.SUBMITTED : Status.GRADED,
                seed,
                total.points(),
                total.maxPoints(),
                passes,
                timeSpentSeconds,
                startedAt,
                endAt,
                submittedAt,
                timedOut,
                total.pending() ? null : since,
                regradedVersion,
                feedback,
                version + 1);
    }

    /// Graded by the keys of a later version.
    public Attempt regraded(int laterVersion) {
        return with(laterVersion, feedback);
    }

    /// Somebody says something of it.
    public Attempt commented(String newFeedback) {
        return with(regradedVersion, newFeedback);
    }

    private Attempt with(@Nullable Integer newRegradedVersion, String newFeedback) {
        return new Attempt(
                id,
                quizId,
                quizVersion,
                courseId,
                lessonId,
                userId,
                enrollmentId,
                requestId,
                number,
                status,
                seed,
                score,
                maxScore,
                passed,
                timeSpentSeconds,
                startedAt,
                endAt,
                submittedAt,
                timedOut,
                gradedAt,
                newRegradedVersion,
                newFeedback,
                version + 1);
    }

    /// The version by whose keys it is graded.
    public int keyVersion() {
        return regradedVersion == null ? quizVersion : regradedVersion;
    }

    /// Points of all answers.
    ///
    /// @param pending whether some of them wait for a person
    @MappedEntity("quiz_responses")
    public record Total(BigDecimal points, BigDecimal maxPoints, boolean pending) {

        static Total of(List<Response> responses) {
            return new Total(
                    responses.stream().map(Response::points).reduce(BigDecimal.ZERO, BigDecimal::add),
                    responses.stream().map(Response::maxPoints).reduce(BigDecimal.ZERO, BigDecimal::add),
                    responses.stream().anyMatch(response -> response.state() == Response.State.PENDING));
        }
    }
}
