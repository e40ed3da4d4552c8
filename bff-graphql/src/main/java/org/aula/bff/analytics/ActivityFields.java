package org.aula.bff.analytics;

import org.aula.api.analytics.v1.CourseActivity;
import org.aula.api.analytics.v1.DailyCourseActivity;
import org.aula.bff.engine.Wiring;

/// What happened in courses.
public final class ActivityFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("CourseActivity", CourseActivity.class)
                .value("enrollments", CourseActivity::getEnrollments)
                .value("lessonsCompleted", CourseActivity::getLessonsCompleted)
                .value("coursesCompleted", CourseActivity::getCoursesCompleted)
                .value("activeLearners", CourseActivity::getActiveLearners)
                .value("days", CourseActivity::getDaysList);
        wiring.type("DailyCourseActivity", DailyCourseActivity.class)
                .value("date", DailyCourseActivity::getDate)
                .value("enrollments", DailyCourseActivity::getEnrollments)
                .value("lessonsCompleted", DailyCourseActivity::getLessonsCompleted);
    }
}
