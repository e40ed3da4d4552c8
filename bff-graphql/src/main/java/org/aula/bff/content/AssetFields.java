package org.aula.bff.content;

import graphql.schema.DataFetchingEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.Download;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.content.v1.GetAssetResponse;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Files and uploads.
public final class AssetFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Asset", Asset.class)
                .value("id", asset -> GlobalId.of("Asset", asset.getId()))
                .value("uuid", Asset::getId)
                .value("fileName", Asset::getFileName)
                .value("mediaType", Asset::getMediaType)
                .value("sizeBytes", Asset::getSizeBytes)
                .value("sha256", Asset::getSha256)
                .value("state", asset -> Values.name(asset.getState()))
                .value("visibility", asset -> Values.name(asset.getVisibility()))
                .value("createTime", asset -> Values.time(asset.getCreateTime()))
                .fetch("url", AssetFields::url);
        wiring.node("Asset", (id, environment) -> {
            var request = Wiring.request(environment);
            return Wiring.orNull(request.answer(request.content()
                            .getAsset(
                                    GetAssetRequest.newBuilder().setAssetId(id).build()))
                    .thenApply(GetAssetResponse::getAsset));
        });
        wiring.mutation(new Mutation<>(
                "createUpload",
                CreateUploadRequest.getDefaultInstance(),
                AssetFields::create,
                (request, message) -> request.content().createUpload(message),
                AssetFields::created));
        wiring.mutation(new Mutation<>(
                "completeUpload",
                CompleteUploadRequest.getDefaultInstance(),
                input -> CompleteUploadRequest.newBuilder()
                        .setAssetId(input.id("assetId", "Asset"))
                        .build(),
                (request, message) -> request.content().completeUpload(message),
                answer -> Map.of("asset", answer.getAsset())));
    }

    private static @Nullable CompletableFuture<@Nullable String> url(Asset asset, DataFetchingEnvironment environment) {
        return asset.getState() == AssetState.ASSET_STATE_READY
                ? Loader.DOWNLOADS.load(environment, asset.getId()).thenApply(AssetFields::urlOf)
                : null;
    }

    private static @Nullable String urlOf(@Nullable Download found) {
        return found == null ? null : found.getUrl();
    }

    private static CreateUploadRequest create(Input input) {
        return CreateUploadRequest.newBuilder()
                .setRequestId(input.requestId())
                .setFileName(input.text("fileName"))
                .setMediaType(input.text("mediaType"))
                .setSizeBytes(input.longNumber("sizeBytes"))
                .setSha256(input.text("sha256"))
                .setCourseId(input.id("courseId", "Course"))
                .setVisibility(input.choice("visibility", AssetVisibility.class))
                .build();
    }

    private static Map<String, Object> created(CreateUploadResponse answer) {
        List<Map<String, String>> headers = answer.getHeadersMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(header -> Map.of("name", header.getKey(), "value", header.getValue()))
                .toList();
        var payload = new HashMap<String, Object>();
        payload.put("asset", answer.getAsset());
        payload.put("uploadUrl", answer.getUploadUrl());
        payload.put("headers", headers);
        var expireTime = Values.time(answer.getExpireTime());
        if (expireTime != null) {
            payload.put("expireTime", expireTime);
        }
        return payload;
    }
}
