package org.aula.assignments.question;

/// How hard a question is.
public enum Difficulty {
    /// Not said.
    UNSPECIFIED,
    EASY,
    MEDIUM,
    HARD
}
