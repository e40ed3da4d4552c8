package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.LeaderboardPlace;
import org.aula.api.grades.v1.LeaderboardServiceHandler;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.RebuildLeaderboardResponse;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.course.CourseErrors;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.paging.Page;
import org.aula.kernel.postgres.Database;

/// `aula.grades.v1.LeaderboardService`.
@Singleton
final class LeaderboardGrpcService extends LeaderboardServiceHandler {

    private static final int PLACES = 10;
    private static final int MAX_PLACES = 100;

    private final Leaderboard leaderboard;
    private final CourseGuard courses;
    private final Database database;

    LeaderboardGrpcService(Leaderboard leaderboard, CourseGuard courses, Database database) {
        this.leaderboard = leaderboard;
        this.courses = courses;
        this.database = database;
    }

    @Override
    protected GetLeaderboardResponse getLeaderboard(GetLeaderboardRequest request) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        database.query(() -> requireReader(userId, courseId));
        var view = leaderboard.view(courseId, Page.size(request.getFirst(), PLACES, MAX_PLACES), userId);
        var answer = GetLeaderboardResponse.newBuilder()
                .addAllPlaces(view.places().stream()
                        .map(LeaderboardGrpcService::message)
                        .toList());
        view.own().ifPresent(place -> answer.setOwn(message(place)));
        return answer.build();
    }

    private UUID requireReader(UUID userId, UUID courseId) {
        var caller = CallScope.current().caller();
        var teaches = courses.find(courseId, userId)
                .filter(course -> caller.is(course.instructorId()) || caller.holds("grades:read"))
                .isPresent();
        return teaches
                ? userId
                : courses.requireEnrolled(courseId, CourseErrors::notFound, CourseErrors::enrollmentRequired);
    }

    @Override
    protected RebuildLeaderboardResponse rebuildLeaderboard(RebuildLeaderboardRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        database.query(() -> courses.requireVisible(courseId, CourseErrors::notFound));
        return RebuildLeaderboardResponse.newBuilder()
                .setLearnerCount(leaderboard.rebuild(courseId))
                .build();
    }

    private static LeaderboardPlace message(Place place) {
        return LeaderboardPlace.newBuilder()
                .setRank(place.rank())
                .setUserId(place.userId().toString())
                .setPoints(place.points().doubleValue())
                .build();
    }
}
