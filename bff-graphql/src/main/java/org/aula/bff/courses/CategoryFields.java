package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.DeleteCategoryRequest;
import org.aula.api.courses.v1.GetCategoryRequest;
import org.aula.api.courses.v1.GetCategoryResponse;
import org.aula.api.courses.v1.ReorderCategoriesRequest;
import org.aula.api.courses.v1.UpdateCategoryRequest;
import org.aula.bff.backend.CategoryTree;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// The tree of categories. It is small and read whole, once for each request.
public final class CategoryFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Category", Category.class)
                .value("id", category -> GlobalId.of("Category", category.getId()))
                .value("name", Category::getName)
                .value("slug", Category::getSlug)
                .value("description", Category::getDescription)
                .value("sortOrder", Category::getSortOrder)
                .value("iconUrl", category -> Values.text(category.getIconUrl()))
                .value("active", Category::getActive)
                .value("etag", Category::getEtag)
                .fetch(
                        "parent",
                        (category, environment) -> category.getParentId().isEmpty()
                                ? null
                                : tree(environment).thenApply(tree -> tree.find(category.getParentId())))
                .fetch(
                        "children",
                        (category, environment) -> tree(environment).thenApply(tree -> tree.children(category.getId())))
                .fetch("path", (category, environment) -> tree(environment).thenApply(tree -> tree.path(category)));
        wiring.node("Category", (id, environment) -> tree(environment).thenApply(tree -> tree.find(id)));
        wiring.query("categories", environment -> tree(environment).thenApply(CategoryTree::inOrder));
        wiring.query("category", CategoryFields::category);
        addMutations(wiring);
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
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.categories().getCategory(asked.build()))
                .thenApply(GetCategoryResponse::getCategory));
    }

    private static void addMutations(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createCategory",
                CreateCategoryRequest.getDefaultInstance(),
                input -> CreateCategoryRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setName(input.text("name"))
                        .setDescription(input.text("description"))
                        .setParentId(input.id("parentId", "Category"))
                        .setSortOrder(input.number("sortOrder"))
                        .build(),
                (request, message) -> request.categories().createCategory(message),
                answer -> Map.of("category", answer.getCategory())));
        wiring.mutation(new Mutation<>(
                "updateCategory",
                UpdateCategoryRequest.getDefaultInstance(),
                CategoryFields::update,
                (request, message) -> request.categories().updateCategory(message),
                answer -> Map.of("category", answer.getCategory())));
        wiring.mutation(new Mutation<>(
                "deleteCategory",
                DeleteCategoryRequest.getDefaultInstance(),
                input -> DeleteCategoryRequest.newBuilder()
                        .setCategoryId(input.id("categoryId", "Category"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.categories().deleteCategory(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "reorderCategories",
                ReorderCategoriesRequest.getDefaultInstance(),
                input -> ReorderCategoriesRequest.newBuilder()
                        .setParentId(input.id("parentId", "Category"))
                        .addAllCategoryIds(input.ids("categoryIds", "Category"))
                        .build(),
                (request, message) -> request.categories().reorderCategories(message),
                answer -> Map.of("categories", answer.getCategoriesList())));
    }

    private static UpdateCategoryRequest update(Input input) {
        return UpdateCategoryRequest.newBuilder()
                .setCategoryId(input.id("categoryId", "Category"))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.mask("categoryId", "etag"))
                .setName(input.text("name"))
                .setDescription(input.text("description"))
                .setParentId(input.id("parentId", "Category"))
                .setIconUrl(input.text("iconUrl"))
                .setActive(input.flag("active"))
                .build();
    }
}
