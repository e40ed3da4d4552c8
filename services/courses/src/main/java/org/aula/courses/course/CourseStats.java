package org.aula.courses.course;

/// What is counted of a course, apart from what its author says.
///
/// @param enrollmentCount learners who are or were enrolled, as far as events have told
/// @param reviewCount reviews that everyone sees
/// @param ratingHundredths their average, 100 to 500; 0 without any
public record CourseStats(long enrollmentCount, long reviewCount, int ratingHundredths) {

    /// Of a course that is new.
    public static final CourseStats NONE = new CourseStats(0, 0, 0);
}
