package org.aula.assignments.quiz;

import java.util.List;
import java.util.Optional;
import org.aula.api.assignments.v1.QuizPublished;
import org.aula.assignments.course.SettingsMapper;

/// Events that tell of quizzes.
final class QuizEvents {

    private QuizEvents() {}

    /// Tells of the first version of a quiz.
    static QuizPublished published(VersionRow version) {
        return published(version, Optional.empty());
    }

    /// @param last document of the version before; empty for the first
    static QuizPublished published(VersionRow version, Optional<byte[]> last) {
        return QuizPublished.newBuilder()
                .setQuizId(version.quizId().toString())
                .setCourseId(version.courseId().toString())
                .setLessonId(SettingsMapper.text(version.lessonId()))
                .setVersion(version.number())
                .setTotalPoints(version.totalPoints())
                .setMandatory(version.mandatory())
                .addAllChangedQuestionIds(last.map(before -> VersionMapper.changedQuestions(before, version.document()))
                        .orElse(List.of()))
                .build();
    }
}
