package org.aula.courses.course;

/// How much a course assumes. Names are those of the contract and of the table.
public enum CourseLevel {
    BEGINNER,
    INTERMEDIATE,
    ADVANCED
}
