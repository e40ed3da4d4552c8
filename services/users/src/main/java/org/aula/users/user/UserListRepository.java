package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;

/// The administrators' list: one statement a page, made of the conditions that are asked for. State, roles
/// and contacts come from the views of `auth`.
@Singleton
final class UserListRepository {

    /// Three ways to match, each with an index of its own: what matches is found first, then put in order.
    private static final String HAS_TEXT = """
            person.id IN (
                SELECT id FROM users WHERE lower(first_name || ' ' || last_name) LIKE lower(?)
                UNION ALL
                SELECT id FROM auth_api.account_contacts WHERE lower(CAST(email AS text)) LIKE lower(?)
                UNION ALL
                SELECT id FROM auth_api.account_contacts WHERE lower(CAST(username AS text)) LIKE lower(?))
            """;

    /// A text of one or two characters is in no index of name parts and matches many: the list is read in
    /// its order until the page is full.
    private static final String HAS_SHORT_TEXT = """
            (lower(person.first_name || ' ' || person.last_name) LIKE lower(?) OR EXISTS (
                SELECT 1 FROM auth_api.account_contacts contact
                WHERE contact.id = person.id
                    AND (lower(CAST(contact.email AS text)) LIKE lower(?)
                        OR lower(CAST(contact.username AS text)) LIKE lower(?))))
            """;

    private static final String AND = " AND ";
    private static final int SHORT = 3;

    private static final String HAS_ROLE =
            "person.id IN (SELECT account_id FROM auth_api.account_roles WHERE role = ?)";

    private static final String HAS_STATUS =
            "EXISTS (SELECT 1 FROM auth_api.accounts account WHERE account.id = person.id AND account.status = ?)";

    List<User> list(UserQuery query) {
        var sql = Sql.of(UserRepository.SELECT);
        addFilter(sql, query.filter());
        addPlace(sql, query);
        return sql.add(" ORDER BY " + orderBy(query.order()) + " LIMIT ?", query.limit())
                .list(UserRepository::user);
    }

    private static void addFilter(Sql sql, UserQuery.Filter filter) {
        sql.add(filter.deleted() ? "person.deleted_at IS NOT NULL" : "person.deleted_at IS NULL");
        if (!filter.text().isEmpty()) {
            var literal = filter.text().replaceAll("([\\\\%_])", "\\\\$1");
            var isShort = filter.text().codePointCount(0, filter.text().length()) < SHORT;
            var start = literal + "%";
            sql.add(AND + (isShort ? HAS_SHORT_TEXT : HAS_TEXT), "%" + literal + "%", start, start);
        }
        if (!filter.role().isEmpty()) {
            sql.add(AND + HAS_ROLE, filter.role());
        }
        if (!filter.accountStatus().isEmpty()) {
            sql.add(AND + HAS_STATUS, filter.accountStatus());
        }
        if (filter.createdFrom() != null) {
            sql.add(" AND person.created_at >= ?", filter.createdFrom());
        }
        if (filter.createdBefore() != null) {
            sql.add(" AND person.created_at < ?", filter.createdBefore());
        }
    }

    private static void addPlace(Sql sql, UserQuery query) {
        if (query.after().isEmpty()) {
            return;
        }
        switch (query.order()) {
            case NEWEST ->
                sql.add(
                        " AND (person.created_at, person.id) < (?, ?)",
                        Instant.parse(query.after().getFirst()),
                        UUID.fromString(query.after().getLast()));
            case NAME -> sql.add(AND).add(UserRepository.SORTED.behind("person", query.after()));
        }
    }

    private static String orderBy(UserQuery.Order order) {
        return switch (order) {
            case NEWEST -> "person.created_at DESC, person.id DESC";
            case NAME -> "person.sort_key, person.id";
        };
    }
}
