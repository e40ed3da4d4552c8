package org.aula.assignments.course;

/// Whether learners may take a quiz, or hand in for a file assignment.
///
/// ```
/// DRAFT ──publish──> PUBLISHED ──withdraw──> WITHDRAWN
///                        ↺ publish  <──publish──┘
/// ```
public enum Status {
    /// Never published; the only state in which it may be deleted.
    DRAFT,
    /// Learners get its last version.
    PUBLISHED,
    /// Learners begin nothing any more.
    WITHDRAWN
}
