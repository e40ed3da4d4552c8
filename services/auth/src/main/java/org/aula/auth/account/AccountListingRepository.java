package org.aula.auth.account;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// Lists of living accounts: one statement a page, made of the conditions that are asked for.
@Singleton
public final class AccountListingRepository {

    private static final String BEGINS = "(lower(email::text) LIKE :prefix OR lower(username::text) LIKE :prefix)";

    AccountListingRepository() {}

    public List<Account> list(Handle handle, AccountQuery query) {
        var conditions = new ArrayList<String>(List.of("deleted_at IS NULL"));
        var values = new HashMap<String, Object>();
        if (query.status() != null) {
            conditions.add("status = :status");
            values.put("status", query.status().name());
        }
        if (!query.role().isEmpty()) {
            conditions.add("id IN (SELECT account_id FROM account_roles WHERE role = :role)");
            values.put("role", query.role());
        }
        if (!query.prefix().isEmpty()) {
            conditions.add(BEGINS);
            values.put("prefix", escaped(query.prefix().toLowerCase(Locale.ROOT)) + "%");
        }
        if (query.after() != null) {
            conditions.add("id < :after");
            values.put("after", query.after());
        }
        return handle.createQuery(AccountRepository.SELECT + "WHERE <conditions> ORDER BY id DESC LIMIT :limit")
                .define("conditions", String.join(" AND ", conditions))
                .bindMap(values)
                .bind("limit", query.limit())
                .map((row, context) -> AccountRepository.account(row))
                .list();
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }
}
