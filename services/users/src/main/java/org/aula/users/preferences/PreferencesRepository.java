package org.aula.users.preferences;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Sql;

/// Rows of `user_preferences`. A user without one has the default ones at version 1.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface PreferencesRepository extends GenericRepository<Preferences, UUID> {

    /// What [#preferences] reads, of `users AS person LEFT JOIN user_preferences AS preference`.
    String COLUMNS = """
            person.id AS preference_user_id,
            coalesce(preference.email_notifications, true) AS email_notifications,
            coalesce(preference.marketing_emails, true) AS marketing_emails,
            coalesce(preference.push_notifications, true) AS push_notifications,
            coalesce(preference.course_reminders, true) AS course_reminders,
            coalesce(preference.weekly_progress_email, true) AS weekly_progress_email,
            coalesce(preference.version, 1) AS preference_version,
            coalesce(preference.updated_at, person.created_at) AS preference_updated_at
            """;

    /// Those of a living user; more conditions may follow.
    String OF_LIVING = "SELECT " + COLUMNS + """
            FROM users AS person LEFT JOIN user_preferences AS preference ON preference.user_id = person.id
            WHERE person.deleted_at IS NULL AND person.id = ?
            """;

    /// Adds the default preferences unless there are some.
    @Query("""
            INSERT INTO user_preferences (user_id, updated_at) VALUES (:userId, :now)
            ON CONFLICT (user_id) DO NOTHING
            """)
    void insertMissing(UUID userId, Instant now);

    /// Those of a living user.
    default Optional<Preferences> find(UUID userId) {
        return Sql.of(OF_LIVING, userId).find(PreferencesRepository::preferences);
    }

    /// As [#find], and nobody else can change them until the end of the transaction.
    default Optional<Preferences> lock(UUID userId) {
        return Sql.of(OF_LIVING + " FOR UPDATE OF person", userId).find(PreferencesRepository::preferences);
    }

    /// Writes the next version.
    default void save(Preferences preferences) {
        var choices = preferences.choices();
        save(
                preferences.userId(),
                choices.emailNotifications(),
                choices.marketingEmails(),
                choices.pushNotifications(),
                choices.courseReminders(),
                choices.weeklyProgressEmail(),
                preferences.version(),
                preferences.updatedAt());
    }

    @Query("""
            INSERT INTO user_preferences (
                user_id, email_notifications, marketing_emails, push_notifications, course_reminders,
                weekly_progress_email, version, updated_at)
            VALUES (
                :userId, :emailNotifications, :marketingEmails, :pushNotifications, :courseReminders,
                :weeklyProgressEmail, :version, :updatedAt)
            ON CONFLICT (user_id) DO UPDATE
            SET email_notifications = excluded.email_notifications,
                marketing_emails = excluded.marketing_emails,
                push_notifications = excluded.push_notifications,
                course_reminders = excluded.course_reminders,
                weekly_progress_email = excluded.weekly_progress_email,
                version = excluded.version, updated_at = excluded.updated_at
            """)
    void save(
            UUID userId,
            boolean emailNotifications,
            boolean marketingEmails,
            boolean pushNotifications,
            boolean courseReminders,
            boolean weeklyProgressEmail,
            long version,
            Instant updatedAt);

    /// Reads [#COLUMNS].
    static Preferences preferences(ResultSet row) throws SQLException {
        return new Preferences(
                row.getObject("preference_user_id", UUID.class),
                new Preferences.Choices(
                        row.getBoolean("email_notifications"),
                        row.getBoolean("marketing_emails"),
                        row.getBoolean("push_notifications"),
                        row.getBoolean("course_reminders"),
                        row.getBoolean("weekly_progress_email")),
                row.getLong("preference_version"),
                Columns.instant(row, "preference_updated_at"));
    }
}
