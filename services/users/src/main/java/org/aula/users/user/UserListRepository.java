package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.kernel.postgres.Handles;

/// The administrators' list: one statement a page, made of the conditions that are asked for. State, roles
/// and contacts come from the views of `auth`.
@Singleton
final class UserListRepository {

    /// Three ways to match, each with an index of its own: what matches is found first, then put in order.
    private static final String HAS_TEXT = """
            person.id IN (
                SELECT id FROM users WHERE lower(first_name || ' ' || last_name) LIKE lower(:textPart)
                UNION ALL
                SELECT id FROM auth_api.account_contacts WHERE lower(CAST(email AS text)) LIKE lower(:textStart)
                UNION ALL
                SELECT id FROM auth_api.account_contacts WHERE lower(CAST(username AS text)) LIKE lower(:textStart))
            """;

    /// A text of one or two characters is in no index of name parts and matches many: the list is read in its
    /// order until the page is full.
    private static final String HAS_SHORT_TEXT = """
            (lower(person.first_name || ' ' || person.last_name) LIKE lower(:textPart) OR EXISTS (
                SELECT 1 FROM auth_api.account_contacts contact
                WHERE contact.id = person.id
                    AND (lower(CAST(contact.email AS text)) LIKE lower(:textStart)
                        OR lower(CAST(contact.username AS text)) LIKE lower(:textStart))))
            """;

    private static final int SHORT = 3;

    private static final String HAS_ROLE =
            "person.id IN (SELECT account_id FROM auth_api.account_roles WHERE role = :role)";

    private static final String HAS_STATUS =
            "EXISTS (SELECT 1 FROM auth_api.accounts account WHERE account.id = person.id AND account.status = :status)";

    private static final String NAMES = "lower(left(%s, 40)), lower(left(%s, 40))";

    List<User> list(UserQuery query) {
        var conditions = new Conditions();
        addFilter(conditions, query.filter());
        addPlace(conditions, query);
        return Handles.current().createQuery("SELECT " + UserRepository.COLUMNS
                        + " FROM users AS person WHERE <conditions> ORDER BY <order> LIMIT :limit")
                .define("conditions", String.join(" AND ", conditions.sql))
                .define("order", orderBy(query.order()))
                .bindMap(conditions.values)
                .bind("limit", query.limit())
                .map((row, context) -> UserRepository.user(row))
                .list();
    }

    private static void addFilter(Conditions conditions, UserQuery.Filter filter) {
        conditions.add(filter.deleted() ? "person.deleted_at IS NOT NULL" : "person.deleted_at IS NULL");
        if (!filter.text().isEmpty()) {
            var literal = filter.text().replaceAll("([\\\\%_])", "\\\\$1");
            var isShort = filter.text().codePointCount(0, filter.text().length()) < SHORT;
            conditions.add(isShort ? HAS_SHORT_TEXT : HAS_TEXT, "textPart", "%" + literal + "%");
            conditions.values.put("textStart", literal + "%");
        }
        if (!filter.role().isEmpty()) {
            conditions.add(HAS_ROLE, "role", filter.role());
        }
        if (!filter.accountStatus().isEmpty()) {
            conditions.add(HAS_STATUS, "status", filter.accountStatus());
        }
        if (filter.createdFrom() != null) {
            conditions.add("person.created_at >= :createdFrom", "createdFrom", filter.createdFrom());
        }
        if (filter.createdBefore() != null) {
            conditions.add("person.created_at < :createdBefore", "createdBefore", filter.createdBefore());
        }
    }

    private static void addPlace(Conditions conditions, UserQuery query) {
        if (query.after().isEmpty()) {
            return;
        }
        conditions.values.put("afterId", UUID.fromString(query.after().getLast()));
        switch (query.order()) {
            case NEWEST ->
                conditions.add(
                        "(person.created_at, person.id) < (:afterTime, :afterId)",
                        "afterTime",
                        Instant.parse(query.after().getFirst()));
            case NAME -> {
                conditions.add(
                        "(" + NAMES.formatted("person.last_name", "person.first_name") + ", person.id) > ("
                                + NAMES.formatted(":afterLast", ":afterFirst") + ", :afterId)",
                        "afterLast",
                        query.after().getFirst());
                conditions.values.put("afterFirst", query.after().get(1));
            }
        }
    }

    private static String orderBy(UserQuery.Order order) {
        return switch (order) {
            case NEWEST -> "person.created_at DESC, person.id DESC";
            case NAME -> NAMES.formatted("person.last_name", "person.first_name") + ", person.id";
        };
    }

    /// Conditions of a statement with the values that they name.
    private static final class Conditions {
        private final List<String> sql = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        void add(String condition) {
            sql.add(condition);
        }

        void add(String condition, String name, Object value) {
            sql.add(condition);
            values.put(name, value);
        }
    }
}
