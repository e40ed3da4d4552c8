package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.GetCategoryRequest;
import org.aula.api.courses.v1.GetCategoryResponse;
import org.aula.bff.backend.CategoryTree;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// The tree of categories. It is small and read whole, once for each request.
public final class CategoryFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Category", Category.class)
                .fetch(
                        "parent",
                        (category, environment) -> category.getParentId().isEmpty()
                                ? null
                                : tree(environment).thenApply(tree -> tree.find(category.getParentId())))
                .fetch(
                        "children",
                        (category, environment) -> tree(environment).thenApply(tree -> tree.children(category.getId())))
                .fetch("path", (category, environment) -> tree(environment).thenApply(tree -> tree.path(category)));
        wiring.node(
                "Category",
                (id, environment) -> tree(environment)
                        .thenApply(tree -> tree.find(id.parts(1).getFirst())));
        wiring.query("categories", environment -> tree(environment).thenApply(CategoryTree::inOrder));
        wiring.query("category", CategoryFields::category);
    }

    private static CompletableFuture<CategoryTree> tree(DataFetchingEnvironment environment) {
        return Loader.CATEGORIES.load(environment, Loader.ALL);
    }

    private static CompletableFuture<@Nullable Category> category(DataFetchingEnvironment environment) {
        var id = Wiring.<String>argument(environment, "id");
        var slug = Wiring.<String>argument(environment, "slug");
        if ((id == null) == (slug == null)) {
            throw RefusedException.invalid("VALIDATION_FAILED", "give exactly one of id and slug");
        }
        var asked = id != null
                ? GetCategoryRequest.newBuilder().setCategoryId(GlobalId.require(id, "Category"))
                : GetCategoryRequest.newBuilder().setSlug(Objects.requireNonNull(slug));
        return Wiring.orNull(Wiring.request(environment)
                .call(CategoryServiceGrpc.getGetCategoryMethod(), asked.build())
                .thenApply(GetCategoryResponse::getCategory));
    }
}
