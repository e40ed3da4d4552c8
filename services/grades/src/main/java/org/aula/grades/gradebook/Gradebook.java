package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Grades of a course as they are now, out of its settings, items and scores: three statements, however
/// many learners.
@Singleton
final class Gradebook {

    private final SettingsRepository settings;
    private final GradebookRepository gradebook;
    private final ScoreRepository scores;

    Gradebook(SettingsRepository settings, GradebookRepository gradebook, ScoreRepository scores) {
        this.settings = settings;
        this.gradebook = gradebook;
        this.scores = scores;
    }

    GradeSheet sheet(UUID courseId) {
        return new GradeSheet(
                settings.find(courseId)
                        .map(GradebookMapper::fromRow)
                        .orElseGet(() -> GradebookSettings.usual(courseId)),
                gradebook.items(courseId));
    }

    /// Grades in the order of the learners.
    List<Grade> grades(UUID courseId, GradeSheet sheet, Collection<UUID> userIds) {
        var byLearner = scores.list(courseId, userIds).stream()
                .collect(Collectors.groupingBy(Score::userId, Collectors.toMap(Score::itemId, Function.identity())));
        return userIds.stream()
                .map(userId -> sheet.of(userId, byLearner.getOrDefault(userId, Map.of())))
                .toList();
    }
}
