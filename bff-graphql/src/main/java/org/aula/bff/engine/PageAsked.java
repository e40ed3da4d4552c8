package org.aula.bff.engine;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which page of a connection a field was asked for, by its arguments `first` and `after`.
///
/// @param first how many
/// @param after the cursor behind which to go on; null for the first page
public record PageAsked(int first, @Nullable String after) {

    /// The page that a field was asked for.
    public static PageAsked of(DataFetchingEnvironment environment) {
        return new PageAsked(
                Wiring.<Integer>required(environment, "first"), Wiring.<String>argument(environment, "after"));
    }

    /// The contract's page token; empty for the first page.
    public String token() {
        return after == null ? "" : after;
    }

    /// The connection of what came.
    ///
    /// @param nodes what is on the page
    /// @param cursors for each the token that goes on behind it
    /// @param nextPageToken empty on the last page
    public Map<String, Object> connection(List<?> nodes, List<String> cursors, String nextPageToken) {
        return Connections.of(nodes, cursors, nextPageToken, after);
    }

    /// The same of what stands behind the fields of what came.
    public <T> Map<String, Object> connection(
            List<T> found, Function<T, Object> node, List<String> cursors, String nextPageToken) {
        return connection(found.stream().map(node).toList(), cursors, nextPageToken);
    }
}
