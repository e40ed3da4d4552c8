package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.LeaderboardServiceHandler;
import org.aula.api.grades.v1.LearnerPointsChanged;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.RebuildLeaderboardResponse;
import org.aula.api.grades.v1.WatchLeaderboardRequest;
import org.aula.api.grades.v1.WatchLeaderboardResponse;
import org.aula.kernel.paging.Page;
import org.aula.kernel.stream.LiveSource;
import org.aula.kernel.stream.LiveStreams;
import org.aula.kernel.stream.ServerStream;
import org.aula.kernel.stream.Topic;

/// `aula.grades.v1.LeaderboardService`.
@Singleton
final class LeaderboardGrpcService extends LeaderboardServiceHandler {

    private static final int ENTRIES = 10;
    private static final int MAX_ENTRIES = 100;

    private static final Duration TOLD_EVERY = Duration.ofSeconds(2);

    private final LeaderboardService leaderboards;
    private final LiveStreams streams;
    private final Topic points;

    LeaderboardGrpcService(LeaderboardService leaderboards, LiveStreams streams) {
        this.leaderboards = leaderboards;
        this.streams = streams;
        this.points = streams.topic().on(LearnerPointsChanged.getDefaultInstance(), LearnerPointsChanged::getCourseId);
    }

    @Override
    protected GetLeaderboardResponse getLeaderboard(GetLeaderboardRequest request) {
        return toProto(leaderboards.get(
                UUID.fromString(request.getCourseId()), Page.size(request.getFirst(), ENTRIES, MAX_ENTRIES)));
    }

    @Override
    protected ServerStream<WatchLeaderboardResponse> watchLeaderboard(WatchLeaderboardRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var first = Page.size(request.getFirst(), ENTRIES, MAX_ENTRIES);
        return streams.watch(
                points,
                courseId.toString(),
                TOLD_EVERY,
                LiveSource.ofState(() -> WatchLeaderboardResponse.newBuilder()
                        .setLeaderboard(toProto(leaderboards.getChanged(courseId, first)))
                        .build()));
    }

    private static GetLeaderboardResponse toProto(Leaderboard.View view) {
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
