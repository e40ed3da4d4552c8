package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/// The years of `enrollments` and `lesson_progress`.
@Singleton
final class PartitionRepository {

    /// @return how many were missing
    int make(Handle handle, int lastYear) {
        return handle.createQuery("SELECT make_partitions(:lastYear)")
                .bind("lastYear", lastYear)
                .mapTo(Integer.class)
                .one();
    }
}
