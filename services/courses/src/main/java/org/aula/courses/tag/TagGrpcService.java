package org.aula.courses.tag;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.BatchGetTagsRequest;
import org.aula.api.courses.v1.BatchGetTagsResponse;
import org.aula.api.courses.v1.CreateTagRequest;
import org.aula.api.courses.v1.CreateTagResponse;
import org.aula.api.courses.v1.DeleteTagRequest;
import org.aula.api.courses.v1.DeleteTagResponse;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.ListTagsRequest;
import org.aula.api.courses.v1.ListTagsResponse;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.api.courses.v1.UpdateTagRequest;
import org.aula.api.courses.v1.UpdateTagResponse;
import org.aula.courses.cache.CatalogCache;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.courses.v1.TagService`.
@Singleton
final class TagGrpcService extends TagServiceGrpc.TagServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final TagRepository tags;
    private final Transactions transactions;
    private final CatalogCache cache;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    TagGrpcService(
            TagRepository tags,
            Transactions transactions,
            CatalogCache cache,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.tags = tags;
        this.transactions = transactions;
        this.cache = cache;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    public void createTag(CreateTagRequest request, StreamObserver<CreateTagResponse> observer) {
        var response = idempotency.run(request, CreateTagResponse.parser(), handle -> {
            var tag = TagMapper.create(request);
            requireFreeName(handle, tag);
            tags.insert(handle, tag);
            var message = TagMapper.toProto(tag);
            audit.record(handle, "tag", tag.id(), null, message);
            return CreateTagResponse.newBuilder().setTag(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void listTags(ListTagsRequest request, StreamObserver<ListTagsResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var afterName =
                tokens.open(request, request.getPageToken()).map(List::getFirst).orElse(null);
        var rows = transactions.read(handle -> tags.list(handle, request.getPrefix(), afterName, size + 1));
        var page = Page.of(rows, size, tokens, request, tag -> List.of(tag.name()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListTagsResponse.newBuilder()
                        .addAllTags(
                                page.items().stream().map(TagMapper::toProto).toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void batchGetTags(BatchGetTagsRequest request, StreamObserver<BatchGetTagsResponse> observer) {
        var ids = request.getTagIdsList().stream().map(UUID::fromString).toList();
        var found = transactions.read(handle -> tags.findAll(handle, ids)).stream()
                .collect(Collectors.toMap(Tag::id, Function.identity()));
        var response = BatchGetTagsResponse.newBuilder();
        for (var id : ids) {
            var tag = found.get(id);
            if (tag == null) {
                response.addMissingIds(id.toString());
            } else {
                response.addTags(TagMapper.toProto(tag));
            }
        }
        Replies.send(observer, response.build());
    }

    @Override
    public void updateTag(UpdateTagRequest request, StreamObserver<UpdateTagResponse> observer) {
        var id = UUID.fromString(request.getTagId());
        var message = transactions.write(handle -> {
            tags.lockNames(handle);
            var before = tags.find(handle, id).orElseThrow(() -> TagRepository.notFound(id));
            var after = TagMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return TagMapper.toProto(before);
            }
            requireFreeName(handle, after);
            tags.update(handle, after);
            audit.record(handle, "tag", id, TagMapper.toProto(before), TagMapper.toProto(after));
            return TagMapper.toProto(after);
        });
        cache.everythingChanged();
        Replies.send(observer, UpdateTagResponse.newBuilder().setTag(message).build());
    }

    @Override
    public void deleteTag(DeleteTagRequest request, StreamObserver<DeleteTagResponse> observer) {
        var id = UUID.fromString(request.getTagId());
        transactions.writeVoid(handle -> {
            tags.lockNames(handle);
            var tag = tags.find(handle, id).orElseThrow(() -> TagRepository.notFound(id));
            tags.delete(handle, id);
            audit.record(handle, "tag", id, TagMapper.toProto(tag), null);
        });
        cache.everythingChanged();
        Replies.send(observer, DeleteTagResponse.getDefaultInstance());
    }

    private void requireFreeName(Handle handle, Tag tag) {
        tags.lockNames(handle);
        if (tags.isNameTaken(handle, tag)) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_TAG_NAME_TAKEN,
                    "there is a tag of this word already",
                    Map.of("name", tag.name()));
        }
    }
}
