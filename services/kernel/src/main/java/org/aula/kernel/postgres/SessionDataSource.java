package org.aula.kernel.postgres;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;

/// The pool as Micronaut Data uses it: each connection comes as a [Session]. Who needs the bare pool, such
/// as db-scheduler, unwraps the data source.
record SessionDataSource(DataSource pool, Collection<StatementObserver> observers) implements DataSource {

    /// Stands between the pool and whatever Micronaut puts around it, hence first.
    @Singleton
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Listener implements BeanCreatedEventListener<DataSource> {

        private final BeanProvider<StatementObserver> observers;

        Listener(BeanProvider<StatementObserver> observers) {
            this.observers = observers;
        }

        @Override
        public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
            return new SessionDataSource(
                    event.getBean(), List.copyOf(observers.stream().toList()));
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return Session.around(pool.getConnection(), observers);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return Session.around(pool.getConnection(username, password), observers);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
        pool.setLogWriter(writer);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(pool) ? type.cast(pool) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(pool) || pool.isWrapperFor(type);
    }
}
