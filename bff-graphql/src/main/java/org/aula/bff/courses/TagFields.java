package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Tag;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Tags.
public final class TagFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.show(Tag.class, TagView::counted);
        wiring.type("Tag", TagView.class).of(Tag.class, TagView::tag).fetch("courseCount", TagFields::courseCount);
        wiring.node("Tag", (id, environment) -> find(id.parts(1).getFirst(), environment));
        wiring.page("tags", TagServiceGrpc.getListTagsMethod());
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
}
