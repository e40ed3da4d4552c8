package org.aula.users.user;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.users.preferences.Preferences;
import org.aula.users.preferences.PreferencesRepository;

/// Users beside what `auth` publishes of their accounts.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccountRepository extends GenericRepository<AccountRepository.LeftBehind, UUID> {

    /// One user by id, with preferences, account state and roles.
    String OVERVIEW = "SELECT " + UserRepository.COLUMNS + ", " + PreferencesRepository.COLUMNS + """
            , account.status AS account_status, ARRAY(
                SELECT held.role FROM auth_api.account_roles held
                WHERE held.account_id = person.id ORDER BY held.role) AS roles
            FROM users AS person
            JOIN auth_api.accounts account ON account.id = person.id
            LEFT JOIN user_preferences AS preference ON preference.user_id = person.id
            WHERE person.deleted_at IS NULL AND person.id = ?
            """;

    /// What PostgreSQL knows of a living user.
    record Overview(User user, Preferences preferences, List<String> roles, String accountStatus) {}

    /// A user whose row is not where its account is.
    ///
    /// @param gone whether the account is
    @MappedEntity("accounts")
    record LeftBehind(UUID userId, boolean gone) {}

    /// What PostgreSQL knows of a living user.
    default Optional<Overview> overview(UUID id) {
        return Sql.of(OVERVIEW, id)
                .find(row -> new Overview(
                        UserRepository.user(row),
                        PreferencesRepository.preferences(row),
                        List.of((String[]) row.getArray("roles").getArray()),
                        row.getString("account_status")));
    }

    /// @param before a row may lag behind an account that was deleted later than this
    @Query("""
            SELECT person.id AS user_id, true AS gone FROM auth_api.accounts account
            JOIN users AS person ON person.id = account.id AND person.deleted_at IS NULL
            WHERE account.deleted_at < :before
            UNION ALL
            SELECT person.id, false FROM users AS person
            JOIN auth_api.accounts account ON account.id = person.id AND account.deleted_at IS NULL
            WHERE person.deleted_at < :before
            LIMIT :most
            """)
    List<LeftBehind> leftBehind(Instant before, int most);
}
