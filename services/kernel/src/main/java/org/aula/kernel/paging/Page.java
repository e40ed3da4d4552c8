package org.aula.kernel.paging;

import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Function;

/// One page of a list, with the tokens that go on behind it.
///
/// @param items the rows, no more than were asked for
/// @param nextPageToken goes on behind the last row; empty on the last page
/// @param itemTokens for each row the token that goes on behind it; empty unless asked for
public record Page<T>(List<T> items, String nextPageToken, List<String> itemTokens) {

    /// How many rows a page holds: 0 means the default, more than the most means the most.
    public static int size(int asked, int otherwise, int most) {
        return asked == 0 ? otherwise : Math.min(asked, most);
    }

    /// Makes a page of rows that were read with one more than wanted, which tells whether there is a next
    /// page.
    ///
    /// @param rows at most `size + 1` rows
    /// @param sortKey the sort values of a row, as the list's query compares them
    public static <T> Page<T> of(
            List<T> rows,
            int size,
            PageTokens tokens,
            Message request,
            Function<T, List<String>> sortKey,
            boolean withItemTokens) {
        var items = rows.size() > size ? rows.subList(0, size) : rows;
        Function<T, String> token = row -> tokens.seal(request, sortKey.apply(row));
        return new Page<>(
                List.copyOf(items),
                rows.size() > size ? token.apply(items.getLast()) : "",
                withItemTokens ? items.stream().map(token).toList() : List.of());
    }
}
