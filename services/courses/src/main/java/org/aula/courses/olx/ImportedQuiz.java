package org.aula.courses.olx;

import java.util.List;

/// The problems of a sequential, which is what Open edX grades as one.
///
/// @param questions in order, at least one
/// @param graded whether the author counts it
/// @param maxAttempts of a learner, 0 for any number; of problems that differ the most generous
/// @param shown when right answers are shown; of problems that differ the latest
public record ImportedQuiz(List<ImportedQuestion> questions, boolean graded, int maxAttempts, Shown shown) {
    public ImportedQuiz {
        questions = List.copyOf(questions);
    }

    /// When learners see right answers, the earliest first.
    public enum Shown {
        AFTER_SUBMIT,
        AFTER_PASS,
        AFTER_CLOSE,
        NEVER
    }
}
