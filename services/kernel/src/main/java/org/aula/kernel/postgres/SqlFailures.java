package org.aula.kernel.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// What PostgreSQL refused, found among the causes of what a repository threw.
public final class SqlFailures {

    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String REVALIDATION = "RevalidateCachedQuery";

    private SqlFailures() {}

    /// Whether a row is still referred to, or refers to one that is not there.
    public static boolean isForeignKeyViolation(Throwable failure) {
        return FOREIGN_KEY_VIOLATION.equals(state(failure));
    }

    /// Whether a row of the same key exists.
    public static boolean isUniqueViolation(Throwable failure) {
        return UNIQUE_VIOLATION.equals(state(failure));
    }

    /// Whether a prepared statement would give other columns than before, since a migration has changed a
    /// table that it reads. PostgreSQL has refused to execute it.
    public static boolean isPlanOutdated(Throwable failure) {
        return sqlException(failure) instanceof PSQLException refused
                && FEATURE_NOT_SUPPORTED.equals(refused.getSQLState())
                && refused.getServerErrorMessage() != null
                && REVALIDATION.equals(refused.getServerErrorMessage().getRoutine());
    }

    /// The SQLSTATE of a failure; null where it is not one of the database.
    public static @Nullable String state(Throwable failure) {
        var refused = sqlException(failure);
        return refused == null ? null : refused.getSQLState();
    }

    /// The constraint or index that a statement broke; null where PostgreSQL named none.
    public static @Nullable String constraint(Throwable failure) {
        return sqlException(failure) instanceof PSQLException refused && refused.getServerErrorMessage() != null
                ? refused.getServerErrorMessage().getConstraint()
                : null;
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return refused;
            }
        }
        return null;
    }
}
