package org.aula.grades.leaderboard;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.grades.v1.LearnerPointsChanged;
import org.aula.kernel.events.BatchConsumer;

/// Keeps leaderboards. The event only says whose points changed; how many they are is read from the rows, so
/// that neither a repeated nor a late event writes old ones.
@Singleton
final class LeaderboardConsumer implements BatchConsumer {

    private final Leaderboard leaderboard;

    LeaderboardConsumer(Leaderboard leaderboard) {
        this.leaderboard = leaderboard;
    }

    @Override
    public String name() {
        return "grades.leaderboard";
    }

    @Override
    public List<Message> types() {
        return List.of(LearnerPointsChanged.getDefaultInstance());
    }

    @Override
    public void accept(List<EventEnvelope> batch) throws InvalidProtocolBufferException {
        Map<UUID, Set<UUID>> learners = new HashMap<>();
        for (var envelope : batch) {
            var event = envelope.getPayload().unpack(LearnerPointsChanged.class);
            learners.computeIfAbsent(UUID.fromString(event.getCourseId()), course -> new HashSet<>())
                    .add(UUID.fromString(event.getUserId()));
        }
        learners.forEach(leaderboard::update);
    }
}
