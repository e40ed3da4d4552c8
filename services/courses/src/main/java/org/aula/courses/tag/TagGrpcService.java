package org.aula.courses.tag;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.BatchGetTagsRequest;
import org.aula.api.courses.v1.BatchGetTagsResponse;
import org.aula.api.courses.v1.CreateTagRequest;
import org.aula.api.courses.v1.CreateTagResponse;
import org.aula.api.courses.v1.DeleteTagRequest;
import org.aula.api.courses.v1.DeleteTagResponse;
import org.aula.api.courses.v1.ListTagsRequest;
import org.aula.api.courses.v1.ListTagsResponse;
import org.aula.api.courses.v1.TagServiceHandler;
import org.aula.api.courses.v1.UpdateTagRequest;
import org.aula.api.courses.v1.UpdateTagResponse;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// `aula.courses.v1.TagService`.
@Singleton
final class TagGrpcService extends TagServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final TagService tags;
    private final Idempotency idempotency;
    private final PageTokens tokens;

    TagGrpcService(TagService tags, Idempotency idempotency, PageTokens tokens) {
        this.tags = tags;
        this.idempotency = idempotency;
        this.tokens = tokens;
    }

    @Override
    protected CreateTagResponse createTag(CreateTagRequest request) {
        return idempotency.run(
                request,
                CreateTagResponse.parser(),
                () -> CreateTagResponse.newBuilder()
                        .setTag(TagMapper.toProto(tags.create(TagMapper.create(request))))
                        .build());
    }

    @Override
    protected ListTagsResponse listTags(ListTagsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).orElse(List.of());
        var rows = tags.list(request.getPrefix(), after, size + 1);
        var page = Page.of(rows, size, tokens, request, TagMapper::cursor, request.getWithItemTokens());
        return ListTagsResponse.newBuilder()
                .addAllTags(page.items().stream().map(TagMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected BatchGetTagsResponse batchGetTags(BatchGetTagsRequest request) {
        var ids = request.getTagIdsList().stream().map(UUID::fromString).toList();
        var found = tags.findAll(ids).stream().collect(Collectors.toMap(Tag::id, Function.identity()));
        var response = BatchGetTagsResponse.newBuilder();
        for (var id : ids) {
            var tag = found.get(id);
            if (tag == null) {
                response.addMissingIds(id.toString());
            } else {
                response.addTags(TagMapper.toProto(tag));
            }
        }
        return response.build();
    }

    @Override
    protected UpdateTagResponse updateTag(UpdateTagRequest request) {
        var tag = tags.update(UUID.fromString(request.getTagId()), before -> TagMapper.update(before, request));
        return UpdateTagResponse.newBuilder().setTag(TagMapper.toProto(tag)).build();
    }

    @Override
    protected DeleteTagResponse deleteTag(DeleteTagRequest request) {
        tags.delete(UUID.fromString(request.getTagId()));
        return DeleteTagResponse.getDefaultInstance();
    }
}
