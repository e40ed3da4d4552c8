package org.aula.courses.course;

/// Kinds of long work that begin with a course's methods.
public final class CourseOperations {

    /// Makes a draft out of an archive.
    public static final String IMPORT = "courses.import";

    /// Makes a draft out of another course.
    public static final String DUPLICATE = "courses.duplicate";

    /// Writes a course as an archive.
    public static final String EXPORT = "courses.export";

    private CourseOperations() {}
}
