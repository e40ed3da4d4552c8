package org.aula.analytics.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.service.StoreCheck;
import org.jspecify.annotations.Nullable;

/// Inserts and questions. What ClickHouse refuses for good is our fault; all else means that it is
/// unavailable.
@Singleton
public final class ClickHouseStore implements StoreCheck {

    private static final String NAME = "clickhouse";

    /// Beside those that the client takes for passing: time limits (159), memory (173), quota (201), being
    /// stopped (236, 394, 735), disk and its storage (74, 75, 76, 243, 499), connections (225, 279, 749,
    /// 762), locks (384, 473), threads (439), load (745), what has no code of its own (1000, 1001, 1002);
    /// and what an administrator mends, since it strikes every statement: a schema (60, 81, 218) or a login
    /// (192, 193, 194, 497, 516) that is missing.
    private static final Set<Integer> PASSING = Set.of(
            60, 74, 75, 76, 81, 159, 173, 192, 193, 194, 201, 218, 225, 236, 243, 279, 384, 394, 439, 473, 497, 499,
            516, 735, 745, 749, 762, 1000, 1001, 1002);

    /// Passing when it counts the parts of a table, which are merged; permanent when it counts the
    /// partitions of one insert.
    private static final int TOO_MANY_PARTS = 252;

    private final Client client;

    ClickHouseStore(Client client) {
        this.client = client;
    }

    /// Inserts rows once for ever: the same token again is passed over, in the table and in the views that
    /// it feeds, as long as the table remembers it (its `non_replicated_deduplication_window`).
    ///
    /// @param rows one JSON object a line, keys as the columns
    /// @throws StoreUnavailableException when ClickHouse is unavailable; whether the rows are there is not
    ///     known then
    /// @throws RefusedException when it will never take them
    public void insertOnce(String table, UUID token, String rows) {
        var settings = new InsertSettings()
                .setDeduplicationToken(token.toString())
                .serverSetting("deduplicate_blocks_in_dependent_materialized_views", "1")
                .serverSetting("async_insert", "0");
        var bytes = new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
        orAway(() -> {
            try (var answer = client.insert(table, bytes, ClickHouseFormat.JSONEachRow, settings)
                    .get()) {
                return answer.getWrittenRows();
            }
        });
    }

    /// Asks a question.
    ///
    /// @param parameters by name, for `{name:Type}`
    /// @param longestSeconds after which ClickHouse gives up
    /// @throws StoreUnavailableException when ClickHouse is unavailable
    public List<GenericRecord> query(String sql, Map<String, Object> parameters, int longestSeconds) {
        var settings = new QuerySettings().setMaxExecutionTime(longestSeconds);
        return orAway(() -> client.queryAll(sql, parameters, settings));
    }

    @Override
    public String store() {
        return NAME;
    }

    @Override
    public void check() {
        if (!client.ping(2_000)) {
            throw new StoreUnavailableException(NAME, new IllegalStateException("no answer to a ping"));
        }
    }

    private interface Call<T> {
        T run() throws Exception;
    }

    private static <T> T orAway(Call<T> call) {
        try {
            return call.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(NAME, interrupted);
        } catch (Exception failure) {
            var refusal = refusal(failure);
            if (refusal != null && !isPassing(refusal)) {
                throw new RefusedException(refusal);
            }
            throw new StoreUnavailableException(NAME, failure);
        }
    }

    private static boolean isPassing(ServerException refusal) {
        if (refusal.getCode() == TOO_MANY_PARTS) {
            return !String.valueOf(refusal.getMessage()).contains("Too many partitions");
        }
        // Without a code it is the answer of a proxy before ClickHouse, such as 504: what came of it is unknown.
        return refusal.getCode() <= 0 || refusal.isRetryable() || PASSING.contains(refusal.getCode());
    }

    private static @Nullable ServerException refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
