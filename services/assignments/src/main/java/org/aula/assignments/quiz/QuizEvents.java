package org.aula.assignments.quiz;

import java.util.List;
import org.aula.api.assignments.v1.QuizPublished;
import org.aula.api.assignments.v1.QuizVersion;

/// Events that tell of quizzes.
final class QuizEvents {

    private QuizEvents() {}

    /// @param changedQuestionIds questions of the version before whose keys or points are others now
    static QuizPublished published(QuizVersion version, List<String> changedQuestionIds) {
        return QuizPublished.newBuilder()
                .setQuizId(version.getQuizId())
                .setCourseId(version.getCourseId())
                .setLessonId(version.getLessonId())
                .setVersion(version.getVersion())
                .setTotalPoints(version.getTotalPoints())
                .setMandatory(version.getSettings().getMandatory())
                .addAllChangedQuestionIds(changedQuestionIds)
                .build();
    }
}
