package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.CreateTagRequest;
import org.aula.api.courses.v1.DeleteTagRequest;
import org.aula.api.courses.v1.ListTagsRequest;
import org.aula.api.courses.v1.UpdateTagRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Tags.
public final class TagFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Tag", TagView.class)
                .value("id", view -> GlobalId.of("Tag", view.tag().getId()))
                .value("name", view -> view.tag().getName())
                .value("color", view -> view.tag().getColor())
                .fetch("courseCount", TagFields::courseCount);
        wiring.node("Tag", TagFields::find);
        wiring.query("tags", TagFields::tags);
        addMutations(wiring);
    }

    /// A tag by its id; null if there is none.
    static CompletableFuture<@Nullable TagView> find(String id, DataFetchingEnvironment environment) {
        return Loader.TAGS.load(environment, id).thenApply(tag -> tag == null ? null : TagView.counted(tag));
    }

    private static Object courseCount(TagView view, DataFetchingEnvironment environment) {
        return view.counted()
                ? view.tag().getCourseCount()
                : Loader.TAGS
                        .load(environment, view.tag().getId())
                        .thenApply(tag -> tag == null ? null : tag.getCourseCount());
    }

    private static CompletableFuture<Map<String, Object>> tags(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var prefix = Wiring.<String>argument(environment, "prefix");
        var list = ListTagsRequest.newBuilder()
                .setPrefix(prefix == null ? "" : prefix)
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.tags().listTags(list))
                .thenApply(page -> Connections.of(
                        page.getTagsList().stream().map(TagView::counted).toList(),
                        page.getItemTokensList(),
                        page.getNextPageToken(),
                        after));
    }

    private static void addMutations(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createTag",
                CreateTagRequest.getDefaultInstance(),
                input -> CreateTagRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setName(input.text("name"))
                        .setColor(input.text("color"))
                        .build(),
                (request, message) -> request.tags().createTag(message),
                answer -> Map.of("tag", TagView.counted(answer.getTag()))));
        wiring.mutation(new Mutation<>(
                "updateTag",
                UpdateTagRequest.getDefaultInstance(),
                input -> UpdateTagRequest.newBuilder()
                        .setTagId(input.id("tagId", "Tag"))
                        .setUpdateMask(input.mask("tagId"))
                        .setName(input.text("name"))
                        .setColor(input.text("color"))
                        .build(),
                (request, message) -> request.tags().updateTag(message),
                answer -> Map.of("tag", TagView.counted(answer.getTag()))));
        wiring.mutation(new Mutation<>(
                "deleteTag",
                DeleteTagRequest.getDefaultInstance(),
                input -> DeleteTagRequest.newBuilder()
                        .setTagId(input.id("tagId", "Tag"))
                        .build(),
                (request, message) -> request.tags().deleteTag(message),
                answer -> Map.of()));
    }
}
