package org.aula.grades.course;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/// What `courses` and `enrollments` publish in their views.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface CourseRepository extends GenericRepository<Course, UUID> {

    @Query("SELECT id, instructor_id, status = 'PUBLISHED' AS published FROM courses_api.courses WHERE id = :id")
    Optional<Course> find(UUID id);

    @Query("""
            SELECT enrollment_id AS id, status, expires_at FROM enrollments_api.learners
            WHERE user_id = :userId AND course_id = :courseId
            """)
    Optional<Enrollment> findEnrollment(UUID userId, UUID courseId);
}
