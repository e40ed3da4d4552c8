package org.aula.kernel.postgres;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.aula.kernel.settings.Settings;

/// Opens connections beside the pool, for those that hold a session's lock as long as they live.
@Singleton
public final class LockConnections {

    private final Settings settings;

    LockConnections(Settings settings) {
        this.settings = settings;
    }

    /// A new connection, to be closed by the caller.
    Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.service());
        properties.setProperty("password", settings.secret("postgres/" + settings.service() + ".password"));
        properties.setProperty("ApplicationName", settings.service() + "-lock");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.get("POSTGRES_URL"), properties);
    }
}
