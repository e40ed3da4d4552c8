package org.aula.courses.category;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.CategoryServiceHandler;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.CreateCategoryResponse;
import org.aula.api.courses.v1.DeleteCategoryRequest;
import org.aula.api.courses.v1.DeleteCategoryResponse;
import org.aula.api.courses.v1.GetCategoryRequest;
import org.aula.api.courses.v1.GetCategoryResponse;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ListCategoriesResponse;
import org.aula.api.courses.v1.ReorderCategoriesRequest;
import org.aula.api.courses.v1.ReorderCategoriesResponse;
import org.aula.api.courses.v1.UpdateCategoryRequest;
import org.aula.api.courses.v1.UpdateCategoryResponse;
import org.aula.courses.cache.CatalogCache;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;

/// `aula.courses.v1.CategoryService`.
@Singleton
final class CategoryGrpcService extends CategoryServiceHandler {

    private static final int PAGE_SIZE = 100;
    private static final int MAX_PAGE = 500;

    private final CategoryRepository categories;
    private final CategoryTree tree;
    private final Database database;
    private final CatalogCache cache;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    CategoryGrpcService(
            CategoryRepository categories,
            CategoryTree tree,
            Database database,
            CatalogCache cache,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.categories = categories;
        this.tree = tree;
        this.database = database;
        this.cache = cache;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    protected CreateCategoryResponse createCategory(CreateCategoryRequest request) {
        return idempotency.run(request, CreateCategoryResponse.parser(), () -> {
            var created = tree.add(CategoryMapper.create(request));
            var message = CategoryMapper.toProto(created);
            audit.recordCreated("category", created.id(), message);
            return CreateCategoryResponse.newBuilder().setCategory(message).build();
        });
    }

    @Override
    protected ListCategoriesResponse listCategories(ListCategoriesRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var afterId = tokens.open(request, request.getPageToken())
                .map(sortKey -> UUID.fromString(sortKey.getFirst()))
                .orElse(null);
        var rows = database.query(() -> categories.list(afterId, size + 1, seesAll()));
        var page = Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), false);
        return ListCategoriesResponse.newBuilder()
                .addAllCategories(
                        page.items().stream().map(CategoryMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    @Override
    protected GetCategoryResponse getCategory(GetCategoryRequest request) {
        var category = database
                .query(() -> categories.find(
                        CategoryMapper.id(request.getCategoryId()), request.getSlug(), seesAll()))
                .orElseThrow(CategoryRepository::notFound);
        return GetCategoryResponse.newBuilder()
                .setCategory(CategoryMapper.toProto(category))
                .build();
    }

    @Override
    protected UpdateCategoryResponse updateCategory(UpdateCategoryRequest request) {
        var id = UUID.fromString(request.getCategoryId());
        var category = database.transact(() -> {
            var change = tree.change(id, request.getEtag(), before -> CategoryMapper.update(before, request));
            var after = CategoryMapper.toProto(change.after());
            audit.record("category", id, change, CategoryMapper::toProto);
            return after;
        });
        cache.everythingChanged();
        return UpdateCategoryResponse.newBuilder().setCategory(category).build();
    }

    @Override
    protected DeleteCategoryResponse deleteCategory(DeleteCategoryRequest request) {
        var id = UUID.fromString(request.getCategoryId());
        database.transact(() -> {
            var removed = tree.remove(id, request.getEtag());
            audit.recordDeleted("category", id, CategoryMapper.toProto(removed));
        });
        return DeleteCategoryResponse.getDefaultInstance();
    }

    @Override
    protected ReorderCategoriesResponse reorderCategories(ReorderCategoriesRequest request) {
        var ids = request.getCategoryIdsList().stream().map(UUID::fromString).toList();
        var ordered = database.transact(() -> {
            audit.recordAction("category", request.getParentId());
            return tree.reorder(CategoryMapper.id(request.getParentId()), ids);
        });
        return ReorderCategoriesResponse.newBuilder()
                .addAllCategories(ordered.stream().map(CategoryMapper::toProto).toList())
                .build();
    }

    /// Who changes categories also sees those that are not offered.
    private static boolean seesAll() {
        return CallScope.current().caller().holds("categories:write");
    }
}
