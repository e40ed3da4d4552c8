package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.LearnerPointsChanged;
import org.aula.grades.gradebook.GradebookRepository;
import org.aula.kernel.events.EventConsumer;
import org.jdbi.v3.core.Handle;

/// Keeps leaderboards. The event only says whose points changed; how many they are is read from the row, so
/// that neither a repeated nor a late event writes old ones.
@Singleton
final class LeaderboardConsumer implements EventConsumer {

    private final Leaderboard leaderboard;
    private final LeaderboardStore store;
    private final GradebookRepository gradebook;

    LeaderboardConsumer(Leaderboard leaderboard, LeaderboardStore store, GradebookRepository gradebook) {
        this.leaderboard = leaderboard;
        this.store = store;
        this.gradebook = gradebook;
    }

    @Override
    public String name() {
        return "grades.leaderboard";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(new Subscription<>(
                LearnerPointsChanged.getDefaultInstance(),
                (handle, event, envelope) ->
                        write(handle, UUID.fromString(event.getCourseId()), UUID.fromString(event.getUserId()))));
    }

    /// A leaderboard that Redis has lost comes back whole: one learner of it would pass for all.
    private void write(Handle handle, UUID courseId, UUID userId) {
        if (!store.exists(courseId)) {
            leaderboard.rebuild(handle, courseId);
            return;
        }
        var points = gradebook.points(handle, courseId, userId).filter(found -> found.signum() > 0);
        if (points.isPresent()) {
            store.put(courseId, List.of(new Place(0, userId, points.get())));
        } else {
            store.remove(courseId, userId);
        }
    }
}
