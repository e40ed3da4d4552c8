package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.LeaderboardServiceHandler;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.RebuildLeaderboardResponse;
import org.aula.kernel.paging.Page;

/// `aula.grades.v1.LeaderboardService`.
@Singleton
final class LeaderboardGrpcService extends LeaderboardServiceHandler {

    private static final int ENTRIES = 10;
    private static final int MAX_ENTRIES = 100;

    private final LeaderboardService leaderboards;

    LeaderboardGrpcService(LeaderboardService leaderboards) {
        this.leaderboards = leaderboards;
    }

    @Override
    protected GetLeaderboardResponse getLeaderboard(GetLeaderboardRequest request) {
        var view = leaderboards.get(
                UUID.fromString(request.getCourseId()), Page.size(request.getFirst(), ENTRIES, MAX_ENTRIES));
        var response = GetLeaderboardResponse.newBuilder()
                .addAllEntries(view.entries().stream()
                        .map(LeaderboardGrpcService::toProto)
                        .toList());
        view.own().ifPresent(entry -> response.setOwn(toProto(entry)));
        return response.build();
    }

    @Override
    protected RebuildLeaderboardResponse rebuildLeaderboard(RebuildLeaderboardRequest request) {
        var learners = leaderboards.rebuild(UUID.fromString(request.getCourseId()));
        return RebuildLeaderboardResponse.newBuilder().setLearnerCount(learners).build();
    }

    private static org.aula.api.grades.v1.LeaderboardEntry toProto(LeaderboardEntry entry) {
        return org.aula.api.grades.v1.LeaderboardEntry.newBuilder()
                .setRank(entry.rank())
                .setUserId(entry.userId().toString())
                .setPoints(entry.points().doubleValue())
                .build();
    }
}
