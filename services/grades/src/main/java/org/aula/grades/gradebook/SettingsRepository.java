package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// `gradebook_settings`.
@Singleton
final class SettingsRepository {

    Optional<GradebookSettings> find(Handle handle, UUID courseId) {
        return handle.createQuery("""
                        SELECT categories, letters, missing_counts_zero, version FROM gradebook_settings
                        WHERE course_id = :courseId
                        """)
                .bind("courseId", courseId)
                .map((row, context) -> GradebookMapper.kept(
                        courseId,
                        row.getString("categories"),
                        row.getString("letters"),
                        row.getBoolean("missing_counts_zero"),
                        row.getLong("version")))
                .findOne();
    }

    /// Lets nobody else change the settings of a course until the end of the transaction.
    void lock(Handle handle, UUID courseId) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 3))", courseId.toString());
    }

    void save(Handle handle, GradebookSettings settings, Instant now) {
        handle.createUpdate("""
                        INSERT INTO gradebook_settings (
                            course_id, categories, letters, missing_counts_zero, version, updated_at)
                        VALUES (
                            :courseId, CAST(:categories AS jsonb), CAST(:letters AS jsonb), :zero, :version, :now)
                        ON CONFLICT (course_id) DO UPDATE
                        SET categories = excluded.categories, letters = excluded.letters,
                            missing_counts_zero = excluded.missing_counts_zero, version = excluded.version,
                            updated_at = excluded.updated_at
                        """)
                .bind("courseId", settings.courseId())
                .bind("categories", GradebookMapper.categoriesJson(settings))
                .bind("letters", GradebookMapper.lettersJson(settings))
                .bind("zero", settings.missingCountsZero())
                .bind("version", settings.version())
                .bind("now", now)
                .execute();
    }
}
