package org.aula.users.picture;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Which pictures a person may show: any address of the web, and of the platform's files the public pictures
/// of their own.
@Singleton
public final class Pictures {

    private static final String OF_ASSET = "aula-asset:";

    private final PictureClient client;

    Pictures(PictureClient client) {
        this.client = client;
    }

    /// Makes sure that a person may show a picture. What stays as it was is not asked for again, so that a
    /// repeated change leads where the first one did.
    ///
    /// @param before what is shown so far
    /// @param reference an address, or `aula-asset:<uuid>`; empty for none
    /// @param field where the request says it
    /// @throws ServiceException INVALID_ARGUMENT with ASSET_NOT_FOUND, ASSET_NOT_READY, ASSET_NOT_AN_IMAGE
    /// or
    ///     ASSET_NOT_PUBLIC
    public void require(UUID ownerId, String before, String reference, String field) {
        if (reference.equals(before) || !reference.startsWith(OF_ASSET)) {
            return;
        }
        var picture = client.find(UUID.fromString(reference.substring(OF_ASSET.length())))
                .filter(found -> found.ownerId().equals(ownerId))
                .orElseThrow(() ->
                        Errors.invalid(ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, field, "the person has no such file"));
        if (!picture.isPublic()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_ASSET_NOT_PUBLIC, field, "not everyone may see the file");
        }
        if (!picture.isReady()) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_ASSET_NOT_READY, field, "the upload of the file is not complete");
        }
        if (!picture.isImage()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_ASSET_NOT_AN_IMAGE, field, "the file is no picture");
        }
    }
}
