package org.aula.content.asset;

import java.util.List;
import org.aula.api.content.v1.Asset;
import org.aula.kernel.testing.TestPlatform;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What lies in the bucket.
final class StoredObjects {

    private StoredObjects() {}

    /// As somebody with the store's own key could.
    static void put(TestPlatform platform, Asset asset, byte[] bytes) {
        platform.bean("content", S3Client.class)
                .putObject(
                        put -> put.bucket("aula")
                                .key(AssetMapper.fromProto(asset).objectKey()),
                        RequestBody.fromBytes(bytes));
    }

    /// Lets everybody read an asset's bytes, as somebody with the store's own key could.
    static void openToEverybody(TestPlatform platform, Asset asset) {
        platform.bean("content", S3Client.class)
                .putObjectAcl(put -> put.bucket("aula")
                        .key(AssetMapper.fromProto(asset).objectKey())
                        .acl(ObjectCannedACL.PUBLIC_READ));
    }

    /// Keys of all objects of an asset.
    static List<String> keys(TestPlatform platform, String assetId) {
        return platform
                .bean("content", S3Client.class)
                .listObjectsV2Paginator(request -> request.bucket("aula"))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.contains(assetId))
                .toList();
    }
}
