package org.aula.analytics.clickhouse;

/// ClickHouse will never take this, however often it is sent.
public final class RefusedException extends RuntimeException {

    RefusedException(Throwable cause) {
        super("ClickHouse refused: " + cause.getMessage(), cause);
    }
}
