package org.aula.users.preferences;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Handles;

/// Rows of `user_preferences`. A user without one has the usual ones at version 1.
@Singleton
public final class PreferencesRepository {

    /// What [#preferences] reads, of `users AS person LEFT JOIN user_preferences AS preference`.
    public static final String COLUMNS = """
            person.id AS preference_user_id,
            coalesce(preference.email_notifications, true) AS email_notifications,
            coalesce(preference.marketing_emails, true) AS marketing_emails,
            coalesce(preference.push_notifications, true) AS push_notifications,
            coalesce(preference.course_reminders, true) AS course_reminders,
            coalesce(preference.weekly_progress_email, true) AS weekly_progress_email,
            coalesce(preference.version, 1) AS preference_version,
            coalesce(preference.updated_at, person.created_at) AS preference_updated_at
            """;

    private static final String OF_LIVING = "SELECT " + COLUMNS + """
            FROM users AS person LEFT JOIN user_preferences AS preference ON preference.user_id = person.id
            WHERE person.deleted_at IS NULL AND person.id = :id
            """;

    PreferencesRepository() {}

    /// Adds the usual preferences unless there are some.
    public void insertMissing(UUID userId, Instant now) {
        Handles.current().createUpdate("""
                        INSERT INTO user_preferences (user_id, updated_at) VALUES (:id, :now)
                        ON CONFLICT (user_id) DO NOTHING
                        """).bind("id", userId).bind("now", now).execute();
    }

    /// Those of a living user.
    Optional<Preferences> find(UUID userId) {
        return Handles.current().createQuery(OF_LIVING)
                .bind("id", userId)
                .map((row, context) -> preferences(row))
                .findOne();
    }

    /// As [#find], and nobody else can change them until the end of the transaction.
    Optional<Preferences> lock(UUID userId) {
        return Handles.current().createQuery(OF_LIVING + " FOR UPDATE OF person")
                .bind("id", userId)
                .map((row, context) -> preferences(row))
                .findOne();
    }

    /// Writes the next version.
    void save(Preferences preferences) {
        var choices = preferences.choices();
        Handles.current().createUpdate("""
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
                .bind("userId", preferences.userId())
                .bindMethods(choices)
                .bind("version", preferences.version())
                .bind("updatedAt", preferences.updatedAt())
                .execute();
    }

    public static Preferences preferences(ResultSet row) throws SQLException {
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
