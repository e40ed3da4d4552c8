package org.aula.users.user;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
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
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.sort.SortKeys;
import org.aula.kernel.sort.SortedTable;
import org.jspecify.annotations.Nullable;

/// Rows of `users`.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface UserRepository extends GenericRepository<NewUser, UUID> {

    SortedTable SORTED = SortedTable.of("users", "last_name", "first_name");

    /// What [#user] reads, of `users AS person`.
    String COLUMNS = """
            person.id, person.first_name, person.last_name, person.phone, person.birth_date, person.gender,
            person.language_code, person.time_zone, person.avatar_url, person.short_bio, person.version,
            person.created_at, person.updated_at, person.deleted_at
            """;

    /// Users; conditions follow.
    String SELECT = "SELECT " + COLUMNS + " FROM users AS person WHERE ";

    /// Adds a user.
    ///
    /// @return false when the user was there already; then nothing changed
    default boolean insert(NewUser user, Instant now) {
        return Sql.of(
                                """
                                INSERT INTO users (
                                    id, first_name, last_name, sort_key, language_code, time_zone, created_at, updated_at)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT (id) DO NOTHING
                                """,
                                user.id(),
                                user.firstName(),
                                user.lastName(),
                                SortKeys.of(user.lastName(), user.firstName()),
                                user.languageCode(),
                                user.timeZone(),
                                now,
                                now)
                        .update()
                == 1;
    }

    /// Takes a user out with its preferences, as if it had never been.
    @Query("DELETE FROM users WHERE id = :id")
    void remove(UUID id);

    /// A user, living or deleted.
    default Optional<User> find(UUID id) {
        return Sql.of(SELECT + "person.id = ?", id).find(UserRepository::user);
    }

    /// As [#find], and nobody else can change it until the end of the transaction.
    default Optional<User> lock(UUID id) {
        return Sql.of(SELECT + "person.id = ? FOR UPDATE", id).find(UserRepository::user);
    }

    /// The living users of these ids, by id.
    default Map<UUID, User> findAll(Collection<UUID> ids) {
        return Sql.of(SELECT + "person.deleted_at IS NULL AND person.id = ANY(?)" + GenericPlan.MARK, (Object)
                        ids.toArray(UUID[]::new))
                .list(UserRepository::user)
                .stream()
                .collect(Collectors.toMap(User::id, Function.identity()));
    }

    /// Writes the next state of a user that was locked.
    default void update(User user) {
        var details = user.details();
        var gender = details.gender();
        Sql.of(
                        """
                        UPDATE users
                        SET first_name = ?, last_name = ?, sort_key = ?, phone = ?, birth_date = ?, gender = ?, language_code = ?,
                            time_zone = ?, avatar_url = ?, short_bio = ?, version = ?, updated_at = ?, deleted_at = ?
                        WHERE id = ?
                        """,
                        details.firstName(),
                        details.lastName(),
                        SortKeys.of(details.lastName(), details.firstName()),
                        details.phone().isEmpty() ? null : details.phone(),
                        details.birthDate(),
                        gender == null ? null : gender.name(),
                        details.languageCode(),
                        details.timeZone(),
                        details.avatarUrl(),
                        details.shortBio(),
                        user.version(),
                        user.updatedAt(),
                        user.deletedAt(),
                        user.id())
                .update();
    }

    /// Reads [#COLUMNS].
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
