package org.aula.courses.course;

/// States of a course. Names are those of the contract and of the table.
public enum CourseStatus {
    /// Being written.
    DRAFT,
    /// Handed in; a reviewer publishes it or gives it back.
    REVIEW,
    /// In the catalog.
    PUBLISHED,
    /// Out of the catalog; those who are enrolled keep it.
    ARCHIVED
}
