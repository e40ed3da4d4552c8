package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.LeaderboardPlace;
import org.aula.api.grades.v1.LeaderboardServiceHandler;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.RebuildLeaderboardResponse;
import org.aula.kernel.paging.Page;

/// `aula.grades.v1.LeaderboardService`.
@Singleton
final class LeaderboardGrpcService extends LeaderboardServiceHandler {

    private static final int PLACES = 10;
    private static final int MAX_PLACES = 100;

    private final LeaderboardService leaderboards;

    LeaderboardGrpcService(LeaderboardService leaderboards) {
        this.leaderboards = leaderboards;
    }

    @Override
    protected GetLeaderboardResponse getLeaderboard(GetLeaderboardRequest request) {
        var view = leaderboards.get(
                UUID.fromString(request.getCourseId()), Page.size(request.getFirst(), PLACES, MAX_PLACES));
        var response = GetLeaderboardResponse.newBuilder()
                .addAllPlaces(view.places().stream()
                        .map(LeaderboardGrpcService::toProto)
                        .toList());
        view.own().ifPresent(place -> response.setOwn(toProto(place)));
        return response.build();
    }

    @Override
    protected RebuildLeaderboardResponse rebuildLeaderboard(RebuildLeaderboardRequest request) {
        var learners = leaderboards.rebuild(UUID.fromString(request.getCourseId()));
        return RebuildLeaderboardResponse.newBuilder().setLearnerCount(learners).build();
    }

    private static LeaderboardPlace toProto(Place place) {
        return LeaderboardPlace.newBuilder()
                .setRank(place.rank())
                .setUserId(place.userId().toString())
                .setPoints(place.points().doubleValue())
                .build();
    }
}
