package org.aula.users.user;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;
import org.aula.users.preferences.Preferences;
import org.aula.users.preferences.PreferencesRepository;

/// Users beside what `auth` publishes of their accounts.
@Singleton
final class AccountRepository {

    private static final String OVERVIEW =
            "SELECT " + UserRepository.COLUMNS + ", " + PreferencesRepository.COLUMNS + """
            , account.status AS account_status, ARRAY(
                SELECT held.role FROM auth_api.account_roles held
                WHERE held.account_id = person.id ORDER BY held.role) AS roles
            FROM users AS person
            JOIN auth_api.accounts account ON account.id = person.id
            LEFT JOIN user_preferences AS preference ON preference.user_id = person.id
            WHERE person.deleted_at IS NULL AND person.id = :id
            """;

    AccountRepository() {}

    /// What PostgreSQL knows of a living user.
    record Overview(User user, Preferences preferences, List<String> roles, String accountStatus) {}

    /// A user whose row is not where its account is.
    ///
    /// @param gone whether the account is
    record LeftBehind(UUID userId, boolean gone) {}

    Optional<Overview> overview(UUID id) {
        return Handles.current().createQuery(OVERVIEW)
                .bind("id", id)
                .map((row, context) -> new Overview(
                        UserRepository.user(row),
                        PreferencesRepository.preferences(row),
                        strings(row, "roles"),
                        row.getString("account_status")))
                .findOne();
    }

    /// @param before a row may lag behind an account that was deleted later than this
    List<LeftBehind> leftBehind(Instant before, int most) {
        return Handles.current().createQuery("""
                        SELECT person.id, true AS gone FROM auth_api.accounts account
                        JOIN users AS person ON person.id = account.id AND person.deleted_at IS NULL
                        WHERE account.deleted_at < :before
                        UNION ALL
                        SELECT person.id, false FROM users AS person
                        JOIN auth_api.accounts account ON account.id = person.id AND account.deleted_at IS NULL
                        WHERE person.deleted_at < :before
                        LIMIT :most
                        """)
                .bind("before", before)
                .bind("most", most)
                .map((row, context) -> new LeftBehind(row.getObject("id", UUID.class), row.getBoolean("gone")))
                .list();
    }

    private static List<String> strings(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
