package org.aula.kernel.change;

import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Etags of resources whose rows have a version: the version in decimal.
public final class Etags {

    private Etags() {}

    /// Refuses to change a resource that has changed since the caller read it. To be called after it is
    /// known that the change is not none: a caller whose first answer got lost sends the etag of before it.
    ///
    /// @param etag that the caller read; empty when it does not matter
    /// @param version of the resource now
    /// @throws ServiceException ABORTED with ETAG_MISMATCH
    public static void require(String etag, long version) {
        if (!etag.isEmpty() && !etag.equals(Long.toString(version))) {
            throw Errors.etagMismatch();
        }
    }
}
