package org.aula.users.profile;

import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;

/// Changes one document: read, decided, written if it still has the version that was read. Whoever gave no
/// etag changes whatever is there, and so begins again when somebody else was faster.
final class DocumentChange<T> {

    private static final int TRIES = 10;

    private final Supplier<T> read;
    private final Predicate<T> write;
    private final ToLongFunction<T> version;

    DocumentChange(Supplier<T> read, Predicate<T> write, ToLongFunction<T> version) {
        this.read = read;
        this.write = write;
        this.version = version;
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @param next the next version, or the same
    /// @throws org.aula.kernel.error.ServiceException ABORTED with ETAG_MISMATCH, or with
    ///     REQUEST_IN_PROGRESS when others are always faster
    Change<T> run(String etag, UnaryOperator<T> next) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            var before = read.get();
            var after = next.apply(before);
            if (after.equals(before)) {
                return Change.none(before);
            }
            Etags.require(etag, version.applyAsLong(before));
            if (write.test(after)) {
                return new Change<>(before, after);
            }
        }
        throw Errors.tryAgain(ErrorReason.ERROR_REASON_REQUEST_IN_PROGRESS, "concurrent change; retry the request");
    }
}
