package org.aula.kernel.stream;

import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one listener is told. It is asked when the stream opens and after every event that may have brought
/// something new, never twice at once, in the caller's scope. Whatever it throws ends the stream, so it
/// decides each time anew whether the caller may know.
///
/// A source reads what is kept, not what events say: then neither a lost nor a repeated event matters.
///
/// @param <A> the response
public interface LiveSource<A extends Message> {

    /// As many messages as [#next] gives at most; after as many it is asked again.
    int PAGE = 100;

    /// What the listener has not been told yet, in order: of a log what stands behind the last one told, or
    /// behind the request's cursor.
    List<A> next();

    /// Whether nothing can follow what [#next] gave, so that the stream ends.
    default boolean isOver() {
        return false;
    }

    /// A source of something that has one state: it is told whole, whenever it is another one.
    ///
    /// @param read the state as it is now
    /// @param isLast whether no other follows
    static <A extends Message> LiveSource<A> ofState(Supplier<A> read, Predicate<A> isLast) {
        return new LiveSource<>() {

            private @Nullable A told;

            @Override
            public List<A> next() {
                var now = read.get();
                if (now.equals(told)) {
                    return List.of();
                }
                told = now;
                return List.of(now);
            }

            @Override
            public boolean isOver() {
                return told != null && isLast.test(told);
            }
        };
    }

    /// The same of what never ends.
    static <A extends Message> LiveSource<A> ofState(Supplier<A> read) {
        return ofState(read, state -> false);
    }
}
