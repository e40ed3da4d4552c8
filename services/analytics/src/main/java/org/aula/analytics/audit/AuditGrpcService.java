package org.aula.analytics.audit;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.analytics.v1.AuditServiceGrpc;
import org.aula.api.analytics.v1.ListAuditEntriesRequest;
import org.aula.api.analytics.v1.ListAuditEntriesResponse;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.server.Replies;

/// `aula.analytics.v1.AuditService`.
@Singleton
final class AuditGrpcService extends AuditServiceGrpc.AuditServiceImplBase {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final AuditStore store;
    private final PageTokens tokens;

    AuditGrpcService(AuditStore store, PageTokens tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    @Override
    public void listAuditEntries(ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = store.list(AuditMapper.query(request, before, size + 1));
        var page = Page.of(
                rows, size, tokens, request, entry -> List.of(entry.id().toString()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListAuditEntriesResponse.newBuilder()
                        .addAllEntries(
                                page.items().stream().map(AuditMapper::toProto).toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }
}
