package org.aula.courseaccess;

/// Whether somebody may read a lesson now.
public enum Reading {
    /// At any time, and all of it: they teach the course, or see all.
    ALWAYS,
    /// As learners do, or as anybody does a preview.
    OPEN,
    /// Later, at its time of release.
    NOT_RELEASED,
    /// After other lessons.
    PREREQUISITE_MISSING,
    /// After enrolling.
    ENROLLMENT_REQUIRED,
    /// The lesson does not exist for them.
    HIDDEN;

    /// Whether they may read it.
    public boolean isAllowed() {
        return this == ALWAYS || this == OPEN;
    }
}
