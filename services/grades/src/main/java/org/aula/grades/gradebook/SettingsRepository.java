package org.aula.grades.gradebook;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

/// Rows of `gradebook_settings`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SettingsRepository extends GenericRepository<SettingsRow, UUID> {

    @Query("""
            SELECT course_id, categories, letters, missing_counts_zero, version, updated_at FROM gradebook_settings
            WHERE course_id = :courseId
            """)
    Optional<SettingsRow> find(UUID courseId);

    /// Lets nobody else change the settings of a course until the end of the transaction.
    @Query("SELECT CAST(pg_advisory_xact_lock(hashtextextended(CAST(:courseId AS text), 3)) AS text)")
    String lock(UUID courseId);

    @Query("""
            INSERT INTO gradebook_settings (course_id, categories, letters, missing_counts_zero, version, updated_at)
            VALUES (
                :courseId, CAST(:categories AS jsonb), CAST(:letters AS jsonb), :missingCountsZero, :version,
                :updatedAt)
            ON CONFLICT (course_id) DO UPDATE
            SET categories = excluded.categories, letters = excluded.letters,
                missing_counts_zero = excluded.missing_counts_zero, version = excluded.version,
                updated_at = excluded.updated_at
            """)
    void save(SettingsRow settings);
}
