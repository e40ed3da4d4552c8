package org.aula.courses.category;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.CategoryServiceGrpc;
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
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// `aula.courses.v1.CategoryService`.
@Singleton
final class CategoryGrpcService extends CategoryServiceGrpc.CategoryServiceImplBase {

    private static final int PAGE_SIZE = 100;
    private static final int MAX_PAGE = 500;

    private final CategoryRepository categories;
    private final CategoryTree tree;
    private final Transactions transactions;
    private final CatalogCache cache;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    CategoryGrpcService(
            CategoryRepository categories,
            CategoryTree tree,
            Transactions transactions,
            CatalogCache cache,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.categories = categories;
        this.tree = tree;
        this.transactions = transactions;
        this.cache = cache;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    public void createCategory(CreateCategoryRequest request, StreamObserver<CreateCategoryResponse> observer) {
        var response = idempotency.run(request, CreateCategoryResponse.parser(), handle -> {
            var created = tree.add(handle, CategoryMapper.create(request));
            var message = CategoryMapper.toProto(created);
            audit.record(handle, "category", created.id(), null, message);
            return CreateCategoryResponse.newBuilder().setCategory(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void listCategories(ListCategoriesRequest request, StreamObserver<ListCategoriesResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var afterId = tokens.open(request, request.getPageToken())
                .map(sortKey -> UUID.fromString(sortKey.getFirst()))
                .orElse(null);
        var rows = transactions.read(handle -> categories.list(handle, afterId, size + 1, seesAll()));
        var page = Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), false);
        Replies.send(
                observer,
                ListCategoriesResponse.newBuilder()
                        .addAllCategories(page.items().stream()
                                .map(CategoryMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    @Override
    public void getCategory(GetCategoryRequest request, StreamObserver<GetCategoryResponse> observer) {
        var category = transactions
                .read(handle -> categories.find(
                        handle, CategoryMapper.id(request.getCategoryId()), request.getSlug(), seesAll()))
                .orElseThrow(CategoryRepository::notFound);
        Replies.send(
                observer,
                GetCategoryResponse.newBuilder()
                        .setCategory(CategoryMapper.toProto(category))
                        .build());
    }

    @Override
    public void updateCategory(UpdateCategoryRequest request, StreamObserver<UpdateCategoryResponse> observer) {
        var id = UUID.fromString(request.getCategoryId());
        var category = transactions.write(handle -> {
            var change = tree.change(handle, id, request.getEtag(), before -> CategoryMapper.update(before, request));
            var after = CategoryMapper.toProto(change.after());
            if (change.before().equals(change.after())) {
                audit.nothing();
            } else {
                audit.record(handle, "category", id, CategoryMapper.toProto(change.before()), after);
            }
            return after;
        });
        cache.everythingChanged();
        Replies.send(
                observer,
                UpdateCategoryResponse.newBuilder().setCategory(category).build());
    }

    @Override
    public void deleteCategory(DeleteCategoryRequest request, StreamObserver<DeleteCategoryResponse> observer) {
        var id = UUID.fromString(request.getCategoryId());
        transactions.writeVoid(handle -> {
            var removed = tree.remove(handle, id, request.getEtag());
            audit.record(handle, "category", id, CategoryMapper.toProto(removed), null);
        });
        Replies.send(observer, DeleteCategoryResponse.getDefaultInstance());
    }

    @Override
    public void reorderCategories(
            ReorderCategoriesRequest request, StreamObserver<ReorderCategoriesResponse> observer) {
        var ids = request.getCategoryIdsList().stream().map(UUID::fromString).toList();
        var ordered = transactions.write(handle -> {
            audit.record(handle, "category", request.getParentId(), null, null);
            return tree.reorder(handle, CategoryMapper.id(request.getParentId()), ids);
        });
        Replies.send(
                observer,
                ReorderCategoriesResponse.newBuilder()
                        .addAllCategories(
                                ordered.stream().map(CategoryMapper::toProto).toList())
                        .build());
    }

    /// Who changes categories also sees those that are not offered.
    private static boolean seesAll() {
        return CallScope.current().caller().holds("categories:write");
    }
}
