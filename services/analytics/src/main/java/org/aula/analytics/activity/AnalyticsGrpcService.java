package org.aula.analytics.activity;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.analytics.v1.AnalyticsServiceHandler;
import org.aula.api.analytics.v1.ErrorReason;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.analytics.v1.GetCourseActivityResponse;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;

/// The contract's AnalyticsService.
@Singleton
final class AnalyticsGrpcService extends AnalyticsServiceHandler {

    private final CourseGuard courses;
    private final ActivityStore activities;
    private final Database database;

    AnalyticsGrpcService(CourseGuard courses, ActivityStore activities, Database database) {
        this.courses = courses;
        this.activities = activities;
        this.database = database;
    }

    @Override
    protected GetCourseActivityResponse getCourseActivity(GetCourseActivityRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        database.query(() -> courses.requireTeacher(
                courseId,
                () -> Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId)));
        var activity = ActivityMapper.toProto(courseId, activities.read(courseId));
        return GetCourseActivityResponse.newBuilder().setActivity(activity).build();
    }
}
