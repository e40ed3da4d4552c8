package org.aula.bff.grades;

import org.aula.api.grades.v1.Attempt;

/// An attempt with what is known of it.
///
/// @param attempt the attempt
/// @param whole whether it came with its questions
public record AttemptView(Attempt attempt, boolean whole) {

    /// An attempt that came with its questions.
    static AttemptView withQuestions(Attempt attempt) {
        return new AttemptView(attempt, true);
    }

    /// An attempt out of a list, or one whose answers were saved.
    static AttemptView withoutQuestions(Attempt attempt) {
        return new AttemptView(attempt, false);
    }

    /// The attempt's UUID.
    String id() {
        return attempt.getId();
    }
}
