package org.aula.bff.content;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVariant;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.Download;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.content.v1.GetAssetTextResponse;
import org.aula.api.content.v1.GetPackageFileResponse;
import org.aula.api.content.v1.Quota;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Files. Addresses are asked for only where they are selected.
public final class AssetFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        addAsset(wiring);
        var assets = ContentServiceGrpc.getListAssetsMethod();
        var quota = ContentServiceGrpc.getGetQuotaMethod();
        wiring.node("Asset", ContentServiceGrpc.getGetAssetMethod(), "asset_id");
        wiring.type("Viewer", Viewer.class)
                .page("assets", assets, "user_id", Viewer::userId)
                .call("quota", quota, "user_id", Viewer::userId);
        wiring.type("User", UserView.class)
                .page("assets", assets, "user_id", UserView::id)
                .call("quota", quota, "user_id", UserView::id);
        wiring.type("Quota", Quota.class).id(Quota::getUserId);
        wiring.node("Quota", quota, "user_id");
        wiring.type("AssetVariant", VariantView.class)
                .of(AssetVariant.class, VariantView::variant)
                .fetch("url", AssetFields::variantUrl);
        wiring.type("AssetText", GetAssetTextResponse.class);
        wiring.type("PackageFile", GetPackageFileResponse.class);
    }

    private static void addAsset(Wiring wiring) {
        wiring.type("Asset", Asset.class)
                .value("uuid", Asset::getId)
                .fetch("url", (asset, environment) -> url(asset, Loader.DOWNLOADS, environment))
                .fetch(
                        "thumbnailUrl",
                        (asset, environment) -> asset.getKind() == AssetKind.ASSET_KIND_IMAGE
                                ? url(asset, Loader.PICTURES, environment)
                                : null)
                .value(
                        "variants",
                        asset -> asset.getVariantsList().stream()
                                .map(variant -> new VariantView(asset.getId(), variant))
                                .toList())
                .fetch("text", AssetFields::text)
                .find("packageFile", ContentServiceGrpc.getGetPackageFileMethod(), "asset_id", Asset::getId);
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
        return asset.getHasText()
                ? Wiring.request(environment)
                        .call(
                                ContentServiceGrpc.getGetAssetTextMethod(),
                                GetAssetTextRequest.newBuilder()
                                        .setAssetId(asset.getId())
                                        .build())
                : null;
    }
}
