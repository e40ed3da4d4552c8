package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// Rows of `course_prerequisites`.
@Singleton
public final class PrerequisiteRepository {

    /// Lets one caller at a time say what comes before a course, until the end of its transaction.
    void lock() {
        Handles.current().execute("SELECT pg_advisory_xact_lock(hashtextextended('courses.course-prerequisites', 0))");
    }

    /// Whether one of these courses is the target, or needs it by any way.
    boolean leadsTo(List<UUID> from, UUID target) {
        return Handles.current().createQuery("""
                        WITH RECURSIVE needed AS (
                            SELECT id FROM unnest(CAST(:from AS uuid[])) AS wanted (id)
                            UNION
                            SELECT link.prerequisite_id
                            FROM course_prerequisites link JOIN needed ON link.course_id = needed.id)
                        SELECT EXISTS (SELECT 1 FROM needed WHERE id = :target)
                        """)
                .bindArray("from", UUID.class, from)
                .bind("target", target)
                .mapTo(Boolean.class)
                .one();
    }

    /// Gives a course these prerequisites and no others. One that was deleted meanwhile is left out.
    ///
    /// @return the prerequisites as the course has them now, in the order of their ids
    public List<UUID> set(UUID courseId, List<UUID> prerequisiteIds) {
        var kept = Handles.current().createQuery("SELECT id FROM courses WHERE id = ANY(:ids) ORDER BY id FOR KEY SHARE")
                .bindArray("ids", UUID.class, prerequisiteIds)
                .mapTo(UUID.class)
                .list();
        Handles.current().createUpdate("DELETE FROM course_prerequisites WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .execute();
        Handles.current().createUpdate("""
                        INSERT INTO course_prerequisites (course_id, prerequisite_id)
                        SELECT :courseId, id FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
                        """)
                .bind("courseId", courseId)
                .bindArray("ids", UUID.class, kept)
                .execute();
        return kept;
    }
}
