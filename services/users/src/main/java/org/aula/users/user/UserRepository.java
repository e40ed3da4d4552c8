package org.aula.users.user;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Handles;
import org.jspecify.annotations.Nullable;

/// Rows of `users`.
@Singleton
public final class UserRepository {

    /// What [#user] reads, of `users AS person`.
    static final String COLUMNS = """
            person.id, person.first_name, person.last_name, person.phone, person.birth_date, person.gender,
            person.language_code, person.time_zone, person.avatar_url, person.short_bio, person.version,
            person.created_at, person.updated_at, person.deleted_at
            """;

    private static final String SELECT = "SELECT " + COLUMNS + " FROM users AS person WHERE ";

    UserRepository() {}

    /// Adds a user.
    ///
    /// @return false when the user was there already; then nothing changed
    public boolean insert(NewUser user, Instant now) {
        return Handles.current().createUpdate("""
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
                        .execute()
                == 1;
    }

    /// Takes a user out with its preferences, as if it had never been.
    public void remove(UUID id) {
        Handles.current().createUpdate("DELETE FROM users WHERE id = :id").bind("id", id).execute();
    }

    /// A user, living or deleted.
    Optional<User> find(UUID id) {
        return Handles.current().createQuery(SELECT + "person.id = :id")
                .bind("id", id)
                .map((row, context) -> user(row))
                .findOne();
    }

    /// As [#find], and nobody else can change it until the end of the transaction.
    Optional<User> lock(UUID id) {
        return Handles.current().createQuery(SELECT + "person.id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> user(row))
                .findOne();
    }

    /// The living users of these ids, by id.
    Map<UUID, User> findAll(Collection<UUID> ids) {
        return Handles.current().createQuery(SELECT + "person.deleted_at IS NULL AND person.id = ANY(:ids)" + GenericPlan.MARK)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> user(row))
                .collect(Collectors.toMap(User::id, Function.identity()));
    }

    /// Writes the next state of a user that was locked.
    void update(User user) {
        var details = user.details();
        Handles.current().createUpdate("""
                        UPDATE users
                        SET first_name = :firstName, last_name = :lastName, phone = :phone, birth_date = :birthDate,
                            gender = :gender, language_code = :languageCode, time_zone = :timeZone,
                            avatar_url = :avatarUrl, short_bio = :shortBio, version = :version,
                            updated_at = :updatedAt, deleted_at = :deletedAt
                        WHERE id = :id
                        """)
                .bind("id", user.id())
                .bind("firstName", details.firstName())
                .bind("lastName", details.lastName())
                .bind("phone", details.phone().isEmpty() ? null : details.phone())
                .bind("birthDate", details.birthDate())
                .bind(
                        "gender",
                        details.gender() == null ? null : details.gender().name())
                .bind("languageCode", details.languageCode())
                .bind("timeZone", details.timeZone())
                .bind("avatarUrl", details.avatarUrl())
                .bind("shortBio", details.shortBio())
                .bind("version", user.version())
                .bind("updatedAt", user.updatedAt())
                .bind("deletedAt", user.deletedAt())
                .execute();
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                details(row),
                row.getLong("version"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.instantOrNull(row, "deleted_at"));
    }

    private static UserDetails details(ResultSet row) throws SQLException {
        var phone = row.getString("phone");
        return new UserDetails(
                row.getString("first_name"),
                row.getString("last_name"),
                phone == null ? "" : phone,
                row.getObject("birth_date", LocalDate.class),
                gender(row.getString("gender")),
                row.getString("language_code"),
                row.getString("time_zone"),
                row.getString("avatar_url"),
                row.getString("short_bio"));
    }

    private static @Nullable Gender gender(@Nullable String name) {
        return name == null ? null : Gender.valueOf(name);
    }
}
