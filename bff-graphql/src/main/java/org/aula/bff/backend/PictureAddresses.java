package org.aula.bff.backend;

import graphql.schema.DataFetchingEnvironment;
import org.aula.api.content.v1.Download;
import org.jspecify.annotations.Nullable;

/// Addresses of pictures that people have set: such that a browser can load them now.
public final class PictureAddresses {

    private static final String OF_ASSET = "aula-asset:";

    private PictureAddresses() {}

    /// An address elsewhere as it is; for a picture of the platform the address of one that is small enough
    /// for lists, all of a level by one call.
    ///
    /// @param reference an address, or `aula-asset:<uuid>`; empty for none
    /// @return the address or its future; null for none, and for a picture that is not there any more
    public static @Nullable Object small(String reference, DataFetchingEnvironment environment) {
        return of(reference, Loader.PICTURES, environment);
    }

    /// The same in full size.
    public static @Nullable Object full(String reference, DataFetchingEnvironment environment) {
        return of(reference, Loader.DOWNLOADS, environment);
    }

    private static @Nullable Object of(String reference, Loader<Download> which, DataFetchingEnvironment environment) {
        if (reference.isEmpty()) {
            return null;
        }
        return reference.startsWith(OF_ASSET)
                ? which.load(environment, reference.substring(OF_ASSET.length()))
                        .thenApply(PictureAddresses::urlOf)
                : reference;
    }

    private static @Nullable String urlOf(@Nullable Download found) {
        return found == null ? null : found.getUrl();
    }
}
