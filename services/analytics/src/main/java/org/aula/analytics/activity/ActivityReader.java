package org.aula.analytics.activity;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.analytics.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// What happens in a course, for who teaches it.
@Singleton
final class ActivityReader {

    private final CourseGuard guard;
    private final ActivityStore activities;
    private final Database database;

    ActivityReader(CourseGuard guard, ActivityStore activities, Database database) {
        this.guard = guard;
        this.activities = activities;
        this.database = database;
    }

    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    /// @throws org.aula.kernel.error.StoreUnavailableException when ClickHouse is unavailable
    CourseActivity get(UUID courseId) {
        database.query(() -> guard.requireTeacher(courseId, () -> notFound(courseId)));
        return activities.read(courseId);
    }

    private static ServiceException notFound(UUID courseId) {
        return Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "there is no course " + courseId);
    }
}
