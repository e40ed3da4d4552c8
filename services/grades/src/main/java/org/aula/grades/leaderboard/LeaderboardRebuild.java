package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import org.aula.kernel.postgres.Database;

/// Makes the leaderboards of all courses anew, for the day on which Redis has lost them.
@Singleton
public final class LeaderboardRebuild {

    private final Leaderboard leaderboard;
    private final LeaderboardRepository rows;
    private final Database database;

    LeaderboardRebuild(Leaderboard leaderboard, LeaderboardRepository rows, Database database) {
        this.leaderboard = leaderboard;
        this.rows = rows;
        this.database = database;
    }

    /// @param tell told of each course how many learners are on its leaderboard
    /// @return how many courses there were
    /// @throws org.aula.kernel.error.ServiceException STORE_UNAVAILABLE
    public int run(ObjIntConsumer<UUID> tell) {
        var courses = database.query(rows::courses);
        courses.forEach(courseId -> tell.accept(courseId, leaderboard.rebuild(courseId)));
        return courses.size();
    }
}
