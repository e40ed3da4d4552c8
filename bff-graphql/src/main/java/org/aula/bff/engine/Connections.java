package org.aula.bff.engine;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes Relay connections of the contract's pages.
public final class Connections {

    /// Under which a connection keeps the request that it answers. No field of the schema has this name.
    static final String REQUEST = "request";

    private Connections() {}

    /// A page.
    ///
    /// @param request what it answers
    /// @param nodes what is on it
    /// @param cursors for each the token that goes on behind it
    /// @param nextPageToken empty on the last page
    /// @param after the cursor that was asked with
    public static Map<String, Object> of(
            Message request, List<?> nodes, List<String> cursors, String nextPageToken, @Nullable String after) {
        if (nodes.size() != cursors.size()) {
            throw new IllegalStateException(nodes.size() + " items came with " + cursors.size() + " tokens");
        }
        var edges = new ArrayList<Map<String, Object>>(nodes.size());
        for (var index = 0; index < nodes.size(); index++) {
            edges.add(Map.of("cursor", cursors.get(index), "node", nodes.get(index)));
        }
        var pageInfo = new LinkedHashMap<String, @Nullable Object>();
        pageInfo.put("hasNextPage", !nextPageToken.isEmpty());
        pageInfo.put("hasPreviousPage", after != null && !after.isEmpty());
        pageInfo.put("startCursor", cursors.isEmpty() ? null : cursors.getFirst());
        pageInfo.put("endCursor", cursors.isEmpty() ? null : cursors.getLast());
        return Map.of("edges", edges, "nodes", nodes, "pageInfo", pageInfo, REQUEST, request);
    }
}
