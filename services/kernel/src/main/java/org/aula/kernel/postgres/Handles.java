package org.aula.kernel.postgres;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// JDBI over the session of the work in progress, for repositories that are not Micronaut Data's yet.
public final class Handles {

    private static final Jdbi JDBI = Jdbi.create(() -> Session.current().connection()).installPlugin(new PostgresPlugin());

    private Handles() {}

    /// A handle on the session's connection, which it does not close.
    public static Handle current() {
        return JDBI.open();
    }
}
