package org.aula.kernel.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.aula.kernel.settings.Settings;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/// The service's own login to PostgreSQL: a small pool for calls, and single connections for those who hold
/// a lock for as long as they live. `POSTGRES_POOL` sets the pool's size, 4 unless said otherwise.
@Factory
final class Postgres {

    @Singleton
    @Bean(preDestroy = "close")
    HikariDataSource dataSource(Settings settings) {
        var config = new HikariConfig();
        config.setPoolName(settings.service());
        config.setJdbcUrl(settings.get("POSTGRES_URL"));
        config.setUsername(settings.service());
        config.setPassword(password(settings));
        config.setMaximumPoolSize(Integer.parseInt(settings.get("POSTGRES_POOL", "4")));
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.setIdleTimeout(300_000);
        config.setMaxLifetime(1_200_000);
        // A service starts without its stores and says what is degraded.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", settings.service());
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // A statement is the work of one process: its helpers would be started and ended for each call.
        config.addDataSourceProperty("options", "-c max_parallel_workers_per_gather=0");
        return new HikariDataSource(config);
    }

    @Singleton
    @Primary
    Jdbi jdbi(HikariDataSource dataSource) {
        return Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
    }

    @Singleton
    @Named(Opening.READS)
    Jdbi reads(HikariDataSource dataSource) {
        var reads = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
        Opening.beforeEachStatement(reads);
        return reads;
    }

    @Singleton
    LockConnections lockConnections(Settings settings) {
        return () -> connect(settings);
    }

    private static Connection connect(Settings settings) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.service());
        properties.setProperty("password", password(settings));
        properties.setProperty("ApplicationName", settings.service() + "-lock");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.get("POSTGRES_URL"), properties);
    }

    private static String password(Settings settings) {
        return settings.secret("postgres/" + settings.service() + ".password");
    }
}
