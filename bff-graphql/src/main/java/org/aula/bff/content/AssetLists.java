package org.aula.bff.content;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.GetQuotaRequest;
import org.aula.api.content.v1.GetQuotaResponse;
import org.aula.api.content.v1.ListAssetsRequest;
import org.aula.api.content.v1.Quota;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// What files a person has, and how much they come to.
final class AssetLists {

    private AssetLists() {}

    static CompletableFuture<Map<String, Object>> assets(String userId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var courseId = Wiring.<String>argument(environment, "courseId");
        var list = ListAssetsRequest.newBuilder()
                .setUserId(userId)
                .setKind(Values.constant(AssetKind.class, Wiring.argument(environment, "kind")))
                .setCourseId(courseId == null ? "" : GlobalId.require(courseId, "Course"))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.content().listAssets(list))
                .thenApply(page ->
                        Connections.of(page.getAssetsList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }

    static CompletableFuture<Quota> quota(String userId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.content()
                        .getQuota(GetQuotaRequest.newBuilder().setUserId(userId).build()))
                .thenApply(GetQuotaResponse::getQuota);
    }
}
