package org.aula.users.user;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;

/// Rows of `users` and `user_preferences`.
@Singleton
final class UserRepository {

    private static final String LIVING = """
            SELECT id, first_name, last_name, language_code, time_zone, avatar_url, short_bio, version, created_at,
                   updated_at
            FROM users WHERE deleted_at IS NULL AND
            """;

    UserRepository() {}

    /// Adds a user with the usual preferences.
    ///
    /// @return false when the user was there already; then nothing changed
    boolean insert(Handle handle, NewUser user, Instant now) {
        var added = handle.createUpdate("""
                        INSERT INTO users (id, first_name, last_name, language_code, time_zone, created_at, updated_at)
                        VALUES (:id, :firstName, :lastName, :languageCode, :timeZone, :now, :now)
                        ON CONFLICT (id) DO NOTHING
                        """)
                .bind("id", user.id())
                .bind("firstName", user.firstName())
                .bind("lastName", user.lastName())
                .bind("languageCode", user.languageCode())
                .bind("timeZone", user.timeZone())
                .bind("now", now)
                .execute();
        handle.createUpdate("""
                        INSERT INTO user_preferences (user_id, updated_at) VALUES (:id, :now)
                        ON CONFLICT (user_id) DO NOTHING
                        """).bind("id", user.id()).bind("now", now).execute();
        return added == 1;
    }

    Optional<User> find(Handle handle, UUID id) {
        return handle.createQuery(LIVING + " id = :id")
                .bind("id", id)
                .map((row, context) -> user(row))
                .findOne();
    }

    /// The living users of these ids, by id.
    Map<UUID, User> findAll(Handle handle, List<UUID> ids) {
        return handle.createQuery(LIVING + " id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> user(row))
                .collect(Collectors.toMap(User::id, Function.identity()));
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("language_code"),
                row.getString("time_zone"),
                row.getString("avatar_url"),
                row.getString("short_bio"),
                row.getLong("version"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
