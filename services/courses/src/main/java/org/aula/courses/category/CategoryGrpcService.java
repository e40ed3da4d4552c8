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
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// `aula.courses.v1.CategoryService`.
@Singleton
final class CategoryGrpcService extends CategoryServiceHandler {

    private static final int PAGE_SIZE = 100;
    private static final int MAX_PAGE = 500;

    private final CategoryService categories;
    private final Idempotency idempotency;
    private final PageTokens tokens;

    CategoryGrpcService(CategoryService categories, Idempotency idempotency, PageTokens tokens) {
        this.categories = categories;
        this.idempotency = idempotency;
        this.tokens = tokens;
    }

    @Override
    protected CreateCategoryResponse createCategory(CreateCategoryRequest request) {
        return idempotency.run(
                request,
                CreateCategoryResponse.parser(),
                () -> CreateCategoryResponse.newBuilder()
                        .setCategory(CategoryMapper.toProto(categories.create(CategoryMapper.create(request))))
                        .build());
    }

    @Override
    protected ListCategoriesResponse listCategories(ListCategoriesRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var afterId = tokens.open(request, request.getPageToken())
                .map(sortKey -> UUID.fromString(sortKey.getFirst()))
                .orElse(null);
        var rows = categories.list(afterId, size + 1);
        var page = Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), false);
        return ListCategoriesResponse.newBuilder()
                .addAllCategories(
                        page.items().stream().map(CategoryMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    @Override
    protected GetCategoryResponse getCategory(GetCategoryRequest request) {
        var category = categories.get(CategoryMapper.id(request.getCategoryId()), request.getSlug());
        return GetCategoryResponse.newBuilder()
                .setCategory(CategoryMapper.toProto(category))
                .build();
    }

    @Override
    protected UpdateCategoryResponse updateCategory(UpdateCategoryRequest request) {
        var category = categories.update(
                UUID.fromString(request.getCategoryId()),
                request.getEtag(),
                before -> CategoryMapper.update(before, request));
        return UpdateCategoryResponse.newBuilder()
                .setCategory(CategoryMapper.toProto(category))
                .build();
    }

    @Override
    protected DeleteCategoryResponse deleteCategory(DeleteCategoryRequest request) {
        categories.delete(UUID.fromString(request.getCategoryId()), request.getEtag());
        return DeleteCategoryResponse.getDefaultInstance();
    }

    @Override
    protected ReorderCategoriesResponse reorderCategories(ReorderCategoriesRequest request) {
        var ids = request.getCategoryIdsList().stream().map(UUID::fromString).toList();
        var ordered = categories.reorder(CategoryMapper.id(request.getParentId()), ids);
        return ReorderCategoriesResponse.newBuilder()
                .addAllCategories(ordered.stream().map(CategoryMapper::toProto).toList())
                .build();
    }
}
