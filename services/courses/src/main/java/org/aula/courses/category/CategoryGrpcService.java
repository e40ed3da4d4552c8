package org.aula.courses.category;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.CreateCategoryResponse;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ListCategoriesResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.courses.v1.CategoryService`.
@Singleton
final class CategoryGrpcService extends CategoryServiceGrpc.CategoryServiceImplBase {

    private static final int PAGE_SIZE = 100;
    private static final int LARGEST_PAGE = 500;

    private final CategoryRepository categories;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    CategoryGrpcService(
            CategoryRepository categories,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.categories = categories;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    public void createCategory(CreateCategoryRequest request, StreamObserver<CreateCategoryResponse> observer) {
        var response = idempotency.run(request, CreateCategoryResponse.parser(), handle -> {
            var wanted = CategoryProtos.newCategory(request);
            categories.requireExists(handle, wanted.parentId());
            requireFreeName(handle, wanted);
            var created = wanted.withSlug(categories.insert(handle, wanted));
            var message = CategoryProtos.message(created);
            audit.record(handle, "category", created.id(), null, message);
            return CreateCategoryResponse.newBuilder().setCategory(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void listCategories(ListCategoriesRequest request, StreamObserver<ListCategoriesResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, LARGEST_PAGE);
        var afterId = tokens.open(request, request.getPageToken())
                .map(sortKey -> UUID.fromString(sortKey.getFirst()))
                .orElse(null);
        var rows = transactions.read(handle -> categories.list(handle, afterId, size + 1));
        var page = Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), false);
        Replies.send(
                observer,
                ListCategoriesResponse.newBuilder()
                        .addAllCategories(page.items().stream()
                                .map(CategoryProtos::message)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .build());
    }

    private void requireFreeName(Handle handle, Category wanted) {
        categories.lockNames(handle);
        if (categories.isNameTaken(handle, wanted.parentId(), wanted.name())) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_CATEGORY_NAME_TAKEN,
                    "there is a category of this name already",
                    Map.of("name", wanted.name()));
        }
    }
}
