package org.aula.courses.lesson;

/// Kinds of lesson. Names are those of the contract and of the table.
public enum LessonType {
    VIDEO,
    ARTICLE,
    QUIZ,
    ASSIGNMENT,
    LIVE_SESSION
}
