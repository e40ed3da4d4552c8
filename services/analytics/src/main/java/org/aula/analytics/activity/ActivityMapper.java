package org.aula.analytics.activity;

import java.util.UUID;
import org.aula.api.analytics.v1.DailyCourseActivity;

/// To the contract's messages.
final class ActivityMapper {

    private ActivityMapper() {}

    static org.aula.api.analytics.v1.CourseActivity toProto(UUID courseId, CourseActivity activity) {
        var message = org.aula.api.analytics.v1.CourseActivity.newBuilder()
                .setCourseId(courseId.toString())
                .setEnrollments(activity.enrollments())
                .setLessonsCompleted(activity.lessonsCompleted())
                .setCoursesCompleted(activity.coursesCompleted())
                .setActiveLearners(activity.activeLearners());
        activity.days()
                .forEach(day -> message.addDays(DailyCourseActivity.newBuilder()
                        .setDate(day.date().toString())
                        .setEnrollments(day.enrollments())
                        .setLessonsCompleted(day.lessonsCompleted())));
        return message.build();
    }
}
