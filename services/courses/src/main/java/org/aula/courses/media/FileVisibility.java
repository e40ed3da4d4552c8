package org.aula.courses.media;

/// Who may read a file.
public enum FileVisibility {
    /// Its owner.
    PRIVATE,
    /// Also those who are enrolled in its course.
    COURSE,
    /// Anyone.
    PUBLIC
}
