package org.aula.kernel.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/// Opens connections beside the pool, for those that hold a session's lock as long as they live.
@FunctionalInterface
public interface LockConnections {

    /// A new connection, to be closed by the caller.
    Connection open() throws SQLException;
}
