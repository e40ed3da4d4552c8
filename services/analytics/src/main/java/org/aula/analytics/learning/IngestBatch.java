package org.aula.analytics.learning;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Rows that go to ClickHouse together, under a token by which it knows them again.
///
/// @param rows JSON objects, one for each event
record IngestBatch(UUID token, List<String> rows) {

    /// One row a line.
    String lines() {
        return rows.stream().collect(Collectors.joining("\n"));
    }
}
