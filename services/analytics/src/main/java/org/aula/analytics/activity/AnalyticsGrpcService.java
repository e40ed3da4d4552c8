package org.aula.analytics.activity;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.analytics.v1.AnalyticsServiceHandler;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.analytics.v1.GetCourseActivityResponse;

/// `aula.analytics.v1.AnalyticsService`.
@Singleton
final class AnalyticsGrpcService extends AnalyticsServiceHandler {

    private final ActivityReader activities;

    AnalyticsGrpcService(ActivityReader activities) {
        this.activities = activities;
    }

    @Override
    protected GetCourseActivityResponse getCourseActivity(GetCourseActivityRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        return GetCourseActivityResponse.newBuilder()
                .setActivity(ActivityMapper.toProto(courseId, activities.get(courseId)))
                .build();
    }
}
