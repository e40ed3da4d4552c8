package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import org.aula.kernel.postgres.Handles;

/// The years of `enrollments` and `lesson_progress`.
@Singleton
final class PartitionRepository {

    /// @return how many were missing
    int make(int lastYear) {
        return Handles.current().createQuery("SELECT make_partitions(:lastYear)")
                .bind("lastYear", lastYear)
                .mapTo(Integer.class)
                .one();
    }
}
