package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.aula.api.content.v1.ErrorReason;
import org.aula.content.file.FileKind;
import org.aula.content.file.PackagePaths;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// What can be had of an asset that the caller may read.
@Singleton
final class AssetReader {

    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final ObjectStore objects;

    AssetReader(ObjectStore objects) {
        this.objects = objects;
    }

    /// @param truncated whether there was more
    record Text(String text, boolean truncated) {}

    /// One file of a learning package.
    record PackageFile(ObjectStore.SignedAddress address, String mediaType) {}

    /// Where an asset, or one of its variants, can be read; empty when it is not there.
    ///
    /// @param variant empty for the asset itself
    Optional<ObjectStore.SignedAddress> download(Asset asset, String variant) {
        if (!asset.isReady()) {
            return Optional.empty();
        }
        if (variant.isEmpty()) {
            return Optional.of(objects.download(asset.objectKey(), asset.mediaType(), asset.fileName()));
        }
        return asset.details()
                .variant(variant)
                .map(found -> objects.download(
                        DerivedObjects.picture(asset.objectKey(), variant), found.mediaType(), nameOf(asset, found)));
    }

    /// The begin of a document's text, whole characters only; empty for files that have none.
    ///
    /// @throws ServiceException ASSET_NOT_READY
    Text text(Asset asset) {
        requireWorked(asset);
        var size = asset.details().textBytes();
        if (size == 0) {
            return new Text("", false);
        }
        var length = (int) Math.min(size, MAX_TEXT_BYTES);
        var bytes = objects.range(DerivedObjects.text(asset.objectKey()), 0, length);
        return new Text(decode(bytes), size > length);
    }

    /// @throws ServiceException ASSET_NOT_READY, PACKAGE_FILE_NOT_FOUND
    PackageFile packageFile(Asset asset, String path) {
        if (asset.isReady() && asset.details().kind() != FileKind.SCORM) {
            throw noSuchFile();
        }
        requireWorked(asset);
        if (!PackagePaths.isSafe(path) || path.endsWith("/")) {
            throw noSuchFile();
        }
        var key = DerivedObjects.packageFile(asset.objectKey(), path);
        objects.size(key).orElseThrow(AssetReader::noSuchFile);
        var mediaType = MediaTypes.of(path);
        return new PackageFile(objects.download(key, mediaType, path.substring(path.lastIndexOf('/') + 1)), mediaType);
    }

    static ServiceException notReady(Asset asset) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_ASSET_NOT_READY,
                "the file is not there yet, or could not be worked on",
                Map.of(
                        "state", asset.state().name(),
                        "processing", asset.details().processing().name()));
    }

    private static void requireWorked(Asset asset) {
        var isWorked = switch (asset.details().processing()) {
            case NONE, COMPLETED -> true;
            case PROCESSING, FAILED -> false;
        };
        if (!asset.isReady() || !isWorked) {
            throw notReady(asset);
        }
    }

    private static String nameOf(Asset asset, AssetDetails.Variant variant) {
        var dot = asset.fileName().lastIndexOf('.');
        var stem = dot > 0 ? asset.fileName().substring(0, dot) : asset.fileName();
        return stem + "-" + variant.name() + (variant.mediaType().equals("image/png") ? ".png" : ".jpg");
    }

    /// A character that the bound cut in two is left out.
    private static String decode(byte[] bytes) {
        var characters = CharBuffer.allocate(bytes.length);
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .decode(ByteBuffer.wrap(bytes), characters, false);
        return characters.flip().toString();
    }

    private static ServiceException noSuchFile() {
        return Errors.notFound(
                ErrorReason.ERROR_REASON_PACKAGE_FILE_NOT_FOUND, "the package has no such file, or it is no package");
    }
}
