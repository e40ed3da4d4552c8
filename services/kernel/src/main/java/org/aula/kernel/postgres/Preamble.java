package org.aula.kernel.postgres;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.grpc.Context;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;

/// The text that stands before a transaction's first statement and tells PostgreSQL who calls, how much
/// they may see, and how long a statement may take. All of it ends with the transaction.
///
/// The driver sends the text and the statement together, so that both make one round trip. A statement that
/// reads carries its whole transaction: BEGIN, the preamble, itself, COMMIT.
final class Preamble {

    /// Parameters of the preamble, which stand before those of the statement.
    static final int PARAMETERS = 3;

    private static final long MAX_STATEMENT_MILLIS = 60_000;
    private static final int MAX_TEXTS = 4_000;

    /// `IS NULL` keeps the result narrow: before a result that may exceed its buffer pgjdbc inserts a Sync,
    /// and sends what follows only after it has read the result.
    private static final String SETTINGS = """
            SELECT set_config('aula.caller', ?, true) IS NULL,
                   set_config('aula.scope', ?, true) IS NULL,
                   set_config('statement_timeout', ?, true) IS NULL""";

    private static final String PLAN = ",\n       set_config('plan_cache_mode', '%s', true) IS NULL";

    /// On a line of its own: the statement may end with a comment.
    private static final String COMMIT = "\n;\nCOMMIT";

    /// One and the same object for each text: the driver's cache of statements finds it without hashing it
    /// anew.
    private static final LoadingCache<String, String> READING =
            Caffeine.newBuilder().maximumSize(MAX_TEXTS).build(Preamble::reading);

    private static final LoadingCache<String, String> WRITING =
            Caffeine.newBuilder().maximumSize(MAX_TEXTS).build(sql -> SETTINGS + ";\n" + sql);

    private Preamble() {}

    /// A statement that reads, as a transaction of its own. Two results come before that of the statement.
    static String aroundQuery(String sql) {
        return READING.get(sql);
    }

    /// The first statement of a transaction that writes. One result comes before that of the statement.
    static String beforeFirst(String sql) {
        return WRITING.get(sql);
    }

    /// The preamble alone.
    static String alone() {
        return SETTINGS;
    }

    /// Binds what the preamble tells, as the first parameters.
    static void bind(PreparedStatement statement) throws SQLException {
        var scope = CallScope.current();
        statement.setString(1, scope.caller().key());
        statement.setString(2, scope.seesAll() ? "all" : "own");
        statement.setString(3, Long.toString(Math.min(remainingMillis(), MAX_STATEMENT_MILLIS)));
    }

    /// What is left of the call's deadline, at least one: to PostgreSQL 0 means no limit.
    ///
    /// @throws org.aula.kernel.error.ServiceException DEADLINE_EXCEEDED
    static long remainingMillis() {
        var deadline = Context.current().getDeadline();
        if (deadline == null) {
            return MAX_STATEMENT_MILLIS;
        }
        var left = deadline.timeRemaining(TimeUnit.MILLISECONDS);
        if (left <= 0) {
            throw ErrorMapping.deadlineExceeded();
        }
        return left;
    }

    private static String reading(String sql) {
        return "BEGIN READ ONLY;\n" + SETTINGS + PLAN.formatted(planCacheMode(sql)) + ";\n" + sql + COMMIT;
    }

    private static String planCacheMode(String sql) {
        if (sql.contains(GenericPlan.MARK)) {
            return "force_generic_plan";
        }
        return sql.contains(CustomPlan.MARK) ? "force_custom_plan" : "auto";
    }
}
