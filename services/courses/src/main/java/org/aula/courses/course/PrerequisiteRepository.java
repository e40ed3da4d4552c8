package org.aula.courses.course;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;

/// Rows of `course_prerequisites`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface PrerequisiteRepository extends GenericRepository<Course, UUID> {

    /// Lets one caller at a time say what comes before a course, until the end of its transaction.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended('courses.course-prerequisites', 0)) AS text)")
    String lock();

    /// Whether one of these courses is the target, or needs it by any way.
    @Query("""
            WITH RECURSIVE needed AS (
                SELECT id FROM unnest(CAST(:from AS uuid[])) AS wanted (id)
                UNION
                SELECT link.prerequisite_id
                FROM course_prerequisites link JOIN needed ON link.course_id = needed.id)
            SELECT EXISTS (SELECT 1 FROM needed WHERE id = :target)
            """)
    boolean leadsTo(@UuidArray List<UUID> from, UUID target);

    /// Gives a course these prerequisites and no others. One that was deleted meanwhile is left out.
    ///
    /// @return the prerequisites as the course has them now, in the order of their ids
    default List<UUID> set(UUID courseId, List<UUID> prerequisiteIds) {
        var kept = lockAll(prerequisiteIds);
        unlinkAll(courseId);
        link(courseId, kept);
        return kept;
    }

    @Query("SELECT id FROM courses WHERE id = ANY(:ids) ORDER BY id FOR KEY SHARE")
    List<UUID> lockAll(@UuidArray List<UUID> ids);

    @Query("DELETE FROM course_prerequisites WHERE course_id = :courseId")
    void unlinkAll(UUID courseId);

    @Query("""
            INSERT INTO course_prerequisites (course_id, prerequisite_id)
            SELECT :courseId, id FROM unnest(CAST(:ids AS uuid[])) AS wanted (id)
            """)
    void link(UUID courseId, @UuidArray List<UUID> ids);
}
