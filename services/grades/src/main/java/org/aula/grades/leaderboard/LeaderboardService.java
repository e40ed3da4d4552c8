package org.aula.grades.leaderboard;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.course.CourseErrors;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// The leaderboard of a course for those who belong to it.
@Singleton
final class LeaderboardService {

    private static final String READ_ALL = "grades:read";

    private final Leaderboard leaderboard;
    private final CourseGuard guard;
    private final Database database;

    LeaderboardService(Leaderboard leaderboard, CourseGuard guard, Database database) {
        this.leaderboard = leaderboard;
        this.guard = guard;
        this.database = database;
    }

    /// The first, and the caller's own rank.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, ENROLLMENT_REQUIRED
    Leaderboard.View get(UUID courseId, int first) {
        requireParticipant(courseId);
        return leaderboard.view(courseId, first, CallScope.current().requireUser());
    }

    /// The same, as it is when an event has told that it changed.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, ENROLLMENT_REQUIRED
    Leaderboard.View getChanged(UUID courseId, int first) {
        requireParticipant(courseId);
        return leaderboard.viewOfRows(courseId, first, CallScope.current().requireUser());
    }

    private void requireParticipant(UUID courseId) {
        database.query(() ->
                guard.requireParticipant(courseId, READ_ALL, CourseErrors::notFound, CourseErrors::enrollmentRequired));
    }

    /// Makes a course's leaderboard anew.
    ///
    /// @return how many are on it
    /// @throws ServiceException COURSE_NOT_FOUND, STORE_UNAVAILABLE
    int rebuild(UUID courseId) {
        database.query(() -> guard.requireVisible(courseId, CourseErrors::notFound));
        return leaderboard.rebuild(courseId);
    }
}
