package org.aula.grades.submission;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A published version of a file assignment: what is to be done, and how it is graded. It never changes.
///
/// @param extensions endings of names of files that are taken; none for all
/// @param maxSubmissions 0 for any number
/// @param rubric points of each level of each criterion; empty for points alone
record FileAssignmentVersion(
        UUID id,
        int version,
        UUID courseId,
        @Nullable UUID lessonId,
        String title,
        int points,
        BigDecimal passingPercentage,
        @Nullable Instant openAt,
        @Nullable Instant dueAt,
        @Nullable LatePolicy latePolicy,
        Set<String> extensions,
        long maxFileBytes,
        int maxFiles,
        int maxSubmissions,
        Map<String, Map<String, Integer>> rubric) {

    private static final BigDecimal NOTHING = new BigDecimal("0.00");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// What becomes of work after the due time.
    ///
    /// @param cutOff after which nothing is taken; null for never
    record LatePolicy(
            BigDecimal percentPerDay,
            BigDecimal maxPercent,
            @Nullable Duration cutOff) {

        /// Percent that is lost, for each day begun.
        BigDecimal penalty(Duration late) {
            var days = late.toDays() + (late.minusDays(late.toDays()).isZero() ? 0 : 1);
            return percentPerDay
                    .multiply(BigDecimal.valueOf(days))
                    .min(maxPercent)
                    .setScale(2, RoundingMode.HALF_UP);
        }
    }

    /// When nothing is taken any more; null for never.
    @Nullable
    Instant closeAt() {
        if (dueAt == null) {
            return null;
        }
        if (latePolicy == null) {
            return dueAt;
        }
        return latePolicy.cutOff() == null ? null : dueAt.plus(latePolicy.cutOff());
    }

    /// Percent that is lost by handing in at this moment.
    BigDecimal penaltyAt(Instant moment) {
        if (dueAt == null || latePolicy == null || !moment.isAfter(dueAt)) {
            return NOTHING;
        }
        return latePolicy.penalty(Duration.between(dueAt, moment));
    }

    /// What is left of points after such a penalty.
    static BigDecimal after(BigDecimal raw, BigDecimal penaltyPercent) {
        return raw.multiply(HUNDRED.subtract(penaltyPercent)).divide(HUNDRED, 2, RoundingMode.HALF_UP);
    }

    boolean isPassed(BigDecimal score) {
        return score.movePointRight(2).compareTo(passingPercentage.multiply(BigDecimal.valueOf(points))) >= 0;
    }

    /// The points of the levels that were given; empty unless they are exactly one of each criterion.
    Optional<BigDecimal> pointsOf(List<Submission.Level> given) {
        var sum = 0L;
        for (var criterion : rubric.entrySet()) {
            var levels = given.stream()
                    .filter(level -> level.criterionId().equals(criterion.getKey()))
                    .toList();
            if (levels.size() != 1) {
                return Optional.empty();
            }
            var worth = criterion.getValue().get(levels.getFirst().levelId());
            if (worth == null) {
                return Optional.empty();
            }
            sum += worth;
        }
        return given.size() == rubric.size()
                ? Optional.of(BigDecimal.valueOf(sum).setScale(2))
                : Optional.empty();
    }

    /// Whether files with such a name are taken.
    boolean isTaken(String fileName) {
        var ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return extensions.isEmpty() || fileName.contains(".") && extensions.contains(ending);
    }

    /// Why a file cannot be handed in; an empty text when it can.
    String validate(Submission.File file) {
        if (file.sizeBytes() > maxFileBytes) {
            return "the file has more than %d bytes".formatted(maxFileBytes);
        }
        return isTaken(file.fileName()) ? "" : "files of this kind are not taken";
    }
}
