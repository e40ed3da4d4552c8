package org.aula.content.asset;

import java.util.UUID;
import org.aula.api.content.v1.AssetDeleted;
import org.aula.api.content.v1.AssetProcessed;
import org.aula.api.content.v1.AssetReady;
import org.aula.content.file.FileKind;

/// Events that tell of assets.
final class AssetEvents {

    private AssetEvents() {}

    static AssetReady ready(UUID id, FileKind kind) {
        return AssetReady.newBuilder()
                .setAssetId(id.toString())
                .setKind(AssetMapper.kind(kind))
                .build();
    }

    static AssetProcessed processed(UUID id, AssetDetails.Processing processing) {
        return AssetProcessed.newBuilder()
                .setAssetId(id.toString())
                .setProcessing(AssetMapper.toProto(processing))
                .build();
    }

    static AssetDeleted deleted(UUID id) {
        return AssetDeleted.newBuilder().setAssetId(id.toString()).build();
    }
}
