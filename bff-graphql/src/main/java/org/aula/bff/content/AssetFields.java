package org.aula.bff.content;

import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.Download;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.content.v1.GetAssetResponse;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.content.v1.GetAssetTextResponse;
import org.aula.api.content.v1.GetPackageFileRequest;
import org.aula.api.content.v1.GetPackageFileResponse;
import org.aula.api.content.v1.Quota;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Files. Addresses are asked for only where they are selected.
public final class AssetFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        addAsset(wiring);
        addFindings(wiring);
        addParts(wiring);
        wiring.node("Asset", (id, environment) -> {
            var request = Wiring.request(environment);
            return Wiring.orNull(request.answer(request.content()
                            .getAsset(
                                    GetAssetRequest.newBuilder().setAssetId(id).build()))
                    .thenApply(GetAssetResponse::getAsset));
        });
        wiring.type("Viewer", Viewer.class)
                .fetch("assets", (viewer, environment) -> AssetLists.assets(viewer.userId(), environment))
                .fetch("quota", (viewer, environment) -> AssetLists.quota(viewer.userId(), environment));
        wiring.type("User", UserView.class)
                .fetch(
                        "assets",
                        (view, environment) -> AssetLists.assets(view.user().getId(), environment))
                .fetch(
                        "quota",
                        (view, environment) -> AssetLists.quota(view.user().getId(), environment));
        AssetMutations.addTo(wiring);
    }

    private static void addAsset(Wiring wiring) {
        wiring.type("Asset", Asset.class)
                .value("id", asset -> GlobalId.of("Asset", asset.getId()))
                .value("uuid", Asset::getId)
                .value("fileName", Asset::getFileName)
                .value("mediaType", Asset::getMediaType)
                .value("sizeBytes", Asset::getSizeBytes)
                .value("sha256", Asset::getSha256)
                .value("state", asset -> Values.name(asset.getState()))
                .value("visibility", asset -> Values.name(asset.getVisibility()))
                .value("courseId", asset -> idOrNull("Course", asset.getCourseId()))
                .value("lessonId", asset -> idOrNull("Lesson", asset.getLessonId()))
                .value("createTime", asset -> Values.time(asset.getCreateTime()))
                .value("updateTime", asset -> Values.time(asset.getUpdateTime()))
                .fetch("url", (asset, environment) -> url(asset, Loader.DOWNLOADS, environment))
                .fetch(
                        "thumbnailUrl",
                        (asset, environment) -> asset.getKind() == AssetKind.ASSET_KIND_IMAGE
                                ? url(asset, Loader.PICTURES, environment)
                                : null);
    }

    private static void addFindings(Wiring wiring) {
        wiring.type("Asset", Asset.class)
                .value("kind", asset -> Values.name(asset.getKind()))
                .value("processing", asset -> Values.name(asset.getProcessing()))
                .value("processingError", asset -> Values.text(asset.getProcessingError()))
                .value("width", asset -> knownOrNull(asset.getWidth()))
                .value("height", asset -> knownOrNull(asset.getHeight()))
                .value("duration", asset -> Values.spanOrNull(asset.getDuration()))
                .value("pageCount", asset -> knownOrNull(asset.getPageCount()))
                .value(
                        "variants",
                        asset -> asset.getVariantsList().stream()
                                .map(variant -> new VariantView(asset.getId(), variant))
                                .toList())
                .value("packageEntry", asset -> Values.text(asset.getPackageEntry()))
                .fetch("text", AssetFields::text)
                .fetch("packageFile", AssetFields::packageFile);
    }

    private static void addParts(Wiring wiring) {
        wiring.type("AssetVariant", VariantView.class)
                .value("name", view -> view.variant().getName())
                .value("width", view -> view.variant().getWidth())
                .value("height", view -> view.variant().getHeight())
                .value("mediaType", view -> view.variant().getMediaType())
                .value("sizeBytes", view -> view.variant().getSizeBytes())
                .fetch("url", AssetFields::variantUrl);
        wiring.type("AssetText", GetAssetTextResponse.class)
                .value("text", GetAssetTextResponse::getText)
                .value("truncated", GetAssetTextResponse::getTruncated);
        wiring.type("Quota", Quota.class)
                .value("usedBytes", Quota::getUsedBytes)
                .value("limitBytes", Quota::getLimitBytes)
                .value("assetCount", Quota::getAssetCount);
        wiring.type("PackageFile", GetPackageFileResponse.class)
                .value("url", GetPackageFileResponse::getUrl)
                .value("mediaType", GetPackageFileResponse::getMediaType)
                .value("expireTime", file -> Values.time(file.getExpireTime()));
    }

    private static @Nullable CompletableFuture<@Nullable String> url(
            Asset asset, Loader<Download> which, DataFetchingEnvironment environment) {
        return asset.getState() == AssetState.ASSET_STATE_READY
                ? which.load(environment, asset.getId()).thenApply(AssetFields::urlOf)
                : null;
    }

    /// Null for variants that are newer than this build.
    private static @Nullable CompletableFuture<@Nullable String> variantUrl(
            VariantView view, DataFetchingEnvironment environment) {
        var loader = Loader.VARIANTS.get(view.variant().getName());
        return loader == null ? null : loader.load(environment, view.assetId()).thenApply(AssetFields::urlOf);
    }

    private static @Nullable String urlOf(@Nullable Download found) {
        return found == null ? null : found.getUrl();
    }

    private static @Nullable CompletableFuture<GetAssetTextResponse> text(
            Asset asset, DataFetchingEnvironment environment) {
        if (!asset.getHasText()) {
            return null;
        }
        var request = Wiring.request(environment);
        return request.answer(request.content()
                .getAssetText(GetAssetTextRequest.newBuilder()
                        .setAssetId(asset.getId())
                        .build()));
    }

    private static CompletableFuture<@Nullable GetPackageFileResponse> packageFile(
            Asset asset, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.content()
                .getPackageFile(GetPackageFileRequest.newBuilder()
                        .setAssetId(asset.getId())
                        .setPath(Objects.requireNonNull(environment.<String>getArgument("path")))
                        .build())));
    }

    private static @Nullable Integer knownOrNull(int number) {
        return number == 0 ? null : number;
    }

    private static @Nullable String idOrNull(String type, String id) {
        return id.isEmpty() ? null : GlobalId.of(type, id);
    }
}
