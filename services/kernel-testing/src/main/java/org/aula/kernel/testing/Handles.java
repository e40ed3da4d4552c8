package org.aula.kernel.testing;

import org.aula.kernel.postgres.Session;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// JDBI on the session of the work in progress, for statements that only a test asks.
public final class Handles {

    private static final Jdbi JDBI =
            Jdbi.create(() -> Session.current().connection()).installPlugin(new PostgresPlugin());

    private Handles() {}

    /// A handle on the session's connection, which it does not close.
    public static Handle current() {
        return JDBI.open();
    }
}
