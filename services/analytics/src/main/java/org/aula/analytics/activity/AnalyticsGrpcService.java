package org.aula.analytics.activity;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.analytics.v1.AnalyticsServiceHandler;
import org.aula.api.analytics.v1.ErrorReason;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.analytics.v1.GetCourseActivityResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;

/// The contract's AnalyticsService.
@Singleton
final class AnalyticsGrpcService extends AnalyticsServiceHandler {

    private final CourseRepository courses;
    private final ActivityStore activities;
    private final Database database;

    AnalyticsGrpcService(CourseRepository courses, ActivityStore activities, Database database) {
        this.courses = courses;
        this.activities = activities;
        this.database = database;
    }

    @Override
    protected GetCourseActivityResponse getCourseActivity(GetCourseActivityRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var scope = CallScope.current();
        var course = database.query(() -> courses.find(courseId))
                .filter(found ->
                        found.published() || scope.seesAll() || scope.caller().is(found.instructorId()))
                .orElseThrow(() ->
                        Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId));
        scope.requireOwner(course.instructorId());
        var activity = ActivityMapper.toProto(courseId, activities.read(courseId));
        return GetCourseActivityResponse.newBuilder().setActivity(activity).build();
    }
}
