package org.aula.assignments.draft;

/// When learners see the right answers and explanations of their attempts.
public enum ShowAnswers {
    NEVER,
    AFTER_SUBMIT,
    AFTER_CLOSE,
    AFTER_PASS
}
