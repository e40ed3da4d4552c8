package org.aula.bff.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.ReprocessAssetRequest;
import org.aula.api.content.v1.SetQuotaRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Uploads, and what is done with files.
final class AssetMutations {

    private AssetMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createUpload",
                CreateUploadRequest.getDefaultInstance(),
                AssetMutations::create,
                (request, message) -> request.content().createUpload(message),
                AssetMutations::created));
        wiring.mutation(new Mutation<>(
                "completeUpload",
                CompleteUploadRequest.getDefaultInstance(),
                input -> CompleteUploadRequest.newBuilder()
                        .setAssetId(input.id("assetId", "Asset"))
                        .build(),
                (request, message) -> request.content().completeUpload(message),
                answer -> Map.of("asset", answer.getAsset())));
        wiring.mutation(new Mutation<>(
                "deleteAsset",
                DeleteAssetRequest.getDefaultInstance(),
                input -> DeleteAssetRequest.newBuilder()
                        .setAssetId(input.id("assetId", "Asset"))
                        .build(),
                (request, message) -> request.content().deleteAsset(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "reprocessAsset",
                ReprocessAssetRequest.getDefaultInstance(),
                input -> ReprocessAssetRequest.newBuilder()
                        .setAssetId(input.id("assetId", "Asset"))
                        .build(),
                (request, message) -> request.content().reprocessAsset(message),
                answer -> Map.of("asset", answer.getAsset())));
        wiring.mutation(new Mutation<>(
                "setQuota",
                SetQuotaRequest.getDefaultInstance(),
                input -> SetQuotaRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setLimitBytes(input.longNumber("limitBytes"))
                        .build(),
                (request, message) -> request.content().setQuota(message),
                answer -> Map.of("quota", answer.getQuota())));
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
                .setLessonId(input.id("lessonId", "Lesson"))
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
