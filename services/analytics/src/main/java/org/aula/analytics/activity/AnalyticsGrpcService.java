package org.aula.analytics.activity;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.ErrorReason;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.analytics.v1.GetCourseActivityResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// The contract's AnalyticsService.
@Singleton
final class AnalyticsGrpcService extends AnalyticsServiceGrpc.AnalyticsServiceImplBase {

    private final CourseRepository courses;
    private final ActivityStore activities;
    private final Transactions transactions;

    AnalyticsGrpcService(CourseRepository courses, ActivityStore activities, Transactions transactions) {
        this.courses = courses;
        this.activities = activities;
        this.transactions = transactions;
    }

    @Override
    public void getCourseActivity(
            GetCourseActivityRequest request, StreamObserver<GetCourseActivityResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var scope = CallScope.current();
        var course = transactions
                .read(handle -> courses.find(handle, courseId))
                .filter(found ->
                        found.published() || scope.seesAll() || scope.caller().is(found.instructorId()))
                .orElseThrow(() ->
                        Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId));
        scope.requireOwner(course.instructorId());
        var activity = ActivityMapper.toProto(courseId, activities.read(courseId));
        Replies.send(
                observer,
                GetCourseActivityResponse.newBuilder().setActivity(activity).build());
    }
}
