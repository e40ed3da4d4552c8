package org.aula.analytics.activity;

import java.time.LocalDate;
import java.util.List;

/// What happened in a course, as far as events have arrived.
///
/// @param enrollments learners who enrolled
/// @param lessonsCompleted lessons, each once for a learner
/// @param coursesCompleted learners who completed the course
/// @param activeLearners different learners who did any of it
/// @param days oldest first, days without any left out
record CourseActivity(
        long enrollments, long lessonsCompleted, long coursesCompleted, long activeLearners, List<Day> days) {

    /// One day, UTC.
    record Day(LocalDate date, long enrollments, long lessonsCompleted) {}
}
