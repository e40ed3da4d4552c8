package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/// How what was graded comes into the gradebook: at the end of the transaction of the grading the score is
/// written and the learner's grade marked, and no more; [GradebookJob] works it out for many learners at
/// once.
@Singleton
public final class Scores {

    private final ScoreRepository scores;
    private final GradebookRepository gradebook;

    Scores(ScoreRepository scores, GradebookRepository gradebook) {
        this.scores = scores;
        this.gradebook = gradebook;
    }

    /// An attempt at a quiz was graded, or graded anew.
    public void quizGraded(Item quiz, UUID userId, Instant now) {
        gradebook.saveItem(quiz);
        scores.takeBestAttempt(quiz.courseId(), userId, quiz.id());
        gradebook.markDirty(quiz.courseId(), userId, now);
    }

    /// A submission for a file assignment was graded, or graded anew.
    public void fileGraded(Item assignment, UUID userId, Instant now) {
        gradebook.saveItem(assignment);
        scores.takeBestSubmission(assignment.courseId(), userId, assignment.id());
        gradebook.markDirty(assignment.courseId(), userId, now);
    }
}
