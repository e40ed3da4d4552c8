package org.aula.kernel.postgres;

import org.jdbi.v3.core.statement.Query;

/// How PostgreSQL plans statements that it is asked again and again.
public final class Plans {

    static final String ATTRIBUTE = "aula_plan";

    private Plans() {}

    /// Plans a statement that reads once for each connection, whatever its values are.
    ///
    /// For what is found by lists of keys: PostgreSQL takes such a list for ten keys long, finds each plan for the
    /// true list cheaper than the one for all, and so plans anew each time, which costs several times what the
    /// statement does. Not for statements with conditions that may be left out, since a plan for all values must
    /// look at every row for them. In a transaction that writes nothing changes.
    public static Query once(Query query) {
        return query.define(ATTRIBUTE, "force_generic_plan");
    }
}
