package org.aula.kernel.postgres;

/// How PostgreSQL plans statements that are asked again and again.
public final class GenericPlan {

    /// Put behind a statement that reads, it makes PostgreSQL plan it once for each connection, whatever its
    /// values are (`plan_cache_mode = force_generic_plan`).
    ///
    /// For rows found by lists of keys: PostgreSQL takes such a list for ten keys long, finds each plan for
    /// the true list cheaper than the generic one, and so plans anew each time, which costs several times
    /// what the statement does. Not for statements with conditions that may be left out, since a plan for
    /// all values must look at every row for them. In a transaction that writes nothing changes.
    public static final String MARK = " /* generic plan */";

    private GenericPlan() {}
}
