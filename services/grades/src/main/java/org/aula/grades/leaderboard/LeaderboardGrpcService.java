package org.aula.grades.leaderboard;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.LeaderboardPlace;
import org.aula.api.grades.v1.LeaderboardServiceGrpc;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.RebuildLeaderboardResponse;
import org.aula.grades.course.Courses;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.paging.Page;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.grades.v1.LeaderboardService`.
@Singleton
final class LeaderboardGrpcService extends LeaderboardServiceGrpc.LeaderboardServiceImplBase {

    private static final int PLACES = 10;
    private static final int MAX_PLACES = 100;

    private final Leaderboard leaderboard;
    private final Courses courses;
    private final Transactions transactions;

    LeaderboardGrpcService(Leaderboard leaderboard, Courses courses, Transactions transactions) {
        this.leaderboard = leaderboard;
        this.courses = courses;
        this.transactions = transactions;
    }

    @Override
    public void getLeaderboard(GetLeaderboardRequest request, StreamObserver<GetLeaderboardResponse> observer) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        transactions.read(handle -> requireReader(handle, userId, courseId));
        var view = leaderboard.view(courseId, Page.size(request.getFirst(), PLACES, MAX_PLACES), userId);
        var answer = GetLeaderboardResponse.newBuilder()
                .addAllPlaces(view.places().stream()
                        .map(LeaderboardGrpcService::message)
                        .toList());
        view.own().ifPresent(place -> answer.setOwn(message(place)));
        Replies.send(observer, answer.build());
    }

    private UUID requireReader(Handle handle, UUID userId, UUID courseId) {
        var caller = CallScope.current().caller();
        var teaches = courses.find(handle, courseId)
                .filter(course -> caller.is(course.instructorId()) || caller.holds("grades:read"))
                .isPresent();
        return teaches ? userId : courses.requireEnrolled(handle, userId, courseId, Courses::notFound);
    }

    @Override
    public void rebuildLeaderboard(
            RebuildLeaderboardRequest request, StreamObserver<RebuildLeaderboardResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        transactions.read(handle -> courses.visible(handle, courseId));
        Replies.send(
                observer,
                RebuildLeaderboardResponse.newBuilder()
                        .setLearnerCount(leaderboard.rebuild(courseId))
                        .build());
    }

    private static LeaderboardPlace message(Place place) {
        return LeaderboardPlace.newBuilder()
                .setRank(place.rank())
                .setUserId(place.userId().toString())
                .setPoints(place.points().doubleValue())
                .build();
    }
}
