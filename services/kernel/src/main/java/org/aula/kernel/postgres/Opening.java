package org.aula.kernel.postgres;

import io.grpc.Context;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ErrorMapping;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a transaction begins with: who calls, how much they may see, and how long a statement may take. All
/// of it ends with the transaction.
///
/// A statement that reads carries the whole transaction in its text: BEGIN, the opening, itself, COMMIT. The
/// driver sends the four together, so that they cost one trip instead of three. Statements that read must name
/// their parameters (`:id`); those of the opening begin with `aula_`.
final class Opening implements TemplateEngine.Parsing, StatementCustomizer {

    /// Name of the bean whose handles only read, each statement with its opening.
    static final String READS = "reads";

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final long LONGEST_STATEMENT_MILLIS = 60_000;
    private static final String WRITE = """
            SELECT set_config('aula.caller', ?, true),
                   set_config('aula.scope', ?, true),
                   set_config('statement_timeout', ?, true)
            """;
    /// Not the texts that `set_config` answers: the driver sends nothing behind an answer that may be long
    /// before it has read it.
    private static final String BEGIN = """
            BEGIN READ ONLY;
            SELECT set_config('aula.caller', :aula_caller, true) IS NULL,
                   set_config('aula.scope', :aula_scope, true) IS NULL,
                   set_config('statement_timeout', :aula_timeout, true) IS NULL,
                   set_config('plan_cache_mode', :aula_plan, true) IS NULL;
            """;

    /// On a line of its own: the statement may end with a comment.
    private static final String COMMIT = "\n;\nCOMMIT";

    /// What JDBI would replace in a statement: `<name>`, and what is escaped from that.
    private static final Pattern DEFINED = Pattern.compile("[<\\\\]");

    private final TemplateEngine templates;

    private Opening(TemplateEngine templates) {
        this.templates = templates;
    }

    /// Makes all statements of this database read, each with its opening.
    static void beforeEachStatement(Jdbi reads) {
        var statements = reads.getConfig(SqlStatements.class);
        var opening = new Opening(statements.getTemplateEngine());
        statements.setTemplateEngine(opening).addCustomizer(opening);
    }

    /// Opens a transaction that was begun. Without JDBI: every call that writes pays for this statement, and
    /// most of its price would be the binding.
    static void forWriting(Handle handle) {
        try (var statement = handle.getConnection().prepareStatement(WRITE)) {
            statement.setString(1, caller());
            statement.setString(2, scope());
            statement.setString(3, timeout());
            statement.execute();
        } catch (SQLException failed) {
            throw new TransactionException("the transaction could not be opened", failed);
        }
    }

    /// What is left of the deadline, at least one: to PostgreSQL 0 means without end.
    static long remainingMillis() {
        var deadline = Context.current().getDeadline();
        if (deadline == null) {
            return LONGEST_STATEMENT_MILLIS;
        }
        var left = deadline.timeRemaining(TimeUnit.MILLISECONDS);
        if (left <= 0) {
            throw ErrorMapping.deadlineExceeded();
        }
        return left;
    }

    @Override
    public Optional<Function<StatementContext, String>> parse(String template, ConfigRegistry config) {
        var opened = BEGIN + template + COMMIT;
        return DEFINED.matcher(template).find()
                ? templates.parse(opened, config)
                // One and the same text each time: the caches of JDBI and of the driver know it at once.
                : Optional.of(context -> opened);
    }

    @Override
    public void beforeTemplating(PreparedStatement none, StatementContext context) {
        var binding = context.getBinding();
        binding.addNamed("aula_caller", text(caller()));
        binding.addNamed("aula_scope", text(scope()));
        binding.addNamed("aula_timeout", text(timeout()));
        binding.addNamed(
                "aula_plan", text(context.getAttribute(Plans.ATTRIBUTE) instanceof String plan ? plan : "auto"));
    }

    /// Skips the answers of BEGIN and of the opening.
    @Override
    public void afterExecution(PreparedStatement statement, StatementContext context) throws SQLException {
        statement.getMoreResults();
        statement.getMoreResults();
    }

    /// Ends the transaction of a statement that failed: its COMMIT was not reached.
    static void end(Handle handle) {
        try {
            var connection = handle.getConnection();
            if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
                try (var statement = connection.createStatement()) {
                    statement.execute("ROLLBACK");
                }
            }
        } catch (SQLException broken) {
            LOG.debug("the transaction was not rolled back; its connection is of no use any more", broken);
        }
    }

    private static Argument text(String value) {
        return (position, statement, context) -> statement.setString(position, value);
    }

    private static String caller() {
        return CallScope.current().caller().key();
    }

    private static String scope() {
        return CallScope.current().seesAll() ? "all" : "own";
    }

    private static String timeout() {
        return Long.toString(Math.min(remainingMillis(), LONGEST_STATEMENT_MILLIS));
    }
}
