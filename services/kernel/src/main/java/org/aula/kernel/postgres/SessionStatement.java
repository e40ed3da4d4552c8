package org.aula.kernel.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A prepared statement whose text may begin with the [Preamble]: parameters move behind those of the
/// preamble, and the preamble's results are skipped.
final class SessionStatement implements InvocationHandler {

    private record Parameter(Method setter, Object[] arguments) {}

    private final Session session;
    private final String sql;
    private final List<Parameter> parameters = new ArrayList<>();
    private PreparedStatement target;
    private int resultsOfPreamble;

    /// @param resultsOfPreamble how many results come before that of the statement; 0 without a preamble
    SessionStatement(Session session, String sql, PreparedStatement target, int resultsOfPreamble) {
        this.session = session;
        this.sql = sql;
        this.target = target;
        this.resultsOfPreamble = resultsOfPreamble;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "executeQuery":
                execute();
                return target.getResultSet();
            case "executeUpdate":
                execute();
                return target.getUpdateCount();
            case "execute":
                return execute();
            case "addBatch":
                leavePreamble();
                break;
            case "executeBatch":
                session.sending(sql);
                break;
            default:
                if (resultsOfPreamble > 0 && setsParameter(method, arguments)) {
                    arguments = behindPreamble(method, arguments);
                }
        }
        return Session.call(target, method, arguments);
    }

    private boolean execute() throws SQLException {
        session.sending(sql);
        if (resultsOfPreamble == 0) {
            return target.execute();
        }
        Preamble.bind(target);
        try {
            executeWithPreamble();
        } catch (SQLException refused) {
            if (!SqlFailures.isPlanOutdated(refused)) {
                throw refused;
            }
            // The transaction began with this statement: nothing of it has happened yet.
            session.forgetPlans();
            executeWithPreamble();
        }
        session.opened();
        var isResultSet = false;
        for (var result = 0; result < resultsOfPreamble; result++) {
            isResultSet = target.getMoreResults();
        }
        return isResultSet;
    }

    private void executeWithPreamble() throws SQLException {
        var executed = false;
        try {
            target.execute();
            executed = true;
        } finally {
            if (!executed) {
                session.endFailedQuery();
            }
        }
    }

    private static boolean setsParameter(Method method, @Nullable Object @Nullable [] arguments) {
        return arguments != null
                && arguments.length > 1
                && arguments[0] instanceof Integer
                && method.getName().startsWith("set");
    }

    private Object[] behindPreamble(Method setter, @Nullable Object @Nullable [] arguments) {
        var moved = java.util.Objects.requireNonNull(arguments);
        parameters.add(new Parameter(setter, moved.clone()));
        moved[0] = (Integer) java.util.Objects.requireNonNull(moved[0]) + Preamble.PARAMETERS;
        return moved;
    }

    /// A batch repeats its text, which the preamble must not: it goes first, by itself.
    private void leavePreamble() throws Throwable {
        if (resultsOfPreamble == 0) {
            return;
        }
        session.open();
        target.close();
        target = session.prepareBare(sql);
        resultsOfPreamble = 0;
        for (var parameter : parameters) {
            Session.call(target, parameter.setter(), parameter.arguments());
        }
    }
}
