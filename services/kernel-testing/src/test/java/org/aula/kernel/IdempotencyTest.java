package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.CreateCategoryResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.server.Replies;
import org.aula.kernel.testing.Handles;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A request that is sent again has its effect once.
final class IdempotencyTest {

    private static final AtomicInteger effects = new AtomicInteger();

    private static final class Categories extends CategoryServiceGrpc.CategoryServiceImplBase {
        @Override
        public void createCategory(CreateCategoryRequest request, StreamObserver<CreateCategoryResponse> observer) {
            var answer = platform.bean("courses", Idempotency.class)
                    .run(request, CreateCategoryResponse.parser(), () -> {
                        var id = UUID.randomUUID();
                        Handles.current()
                                .createUpdate(
                                        "INSERT INTO course_categories (id, name, slug) VALUES (:id, :name, :slug)")
                                .bind("id", id)
                                .bind("name", request.getName())
                                .bind("slug", id.toString())
                                .execute();
                        if (request.getName().startsWith("refused")) {
                            throw Errors.alreadyExists(
                                    org.aula.api.courses.v1.ErrorReason.ERROR_REASON_CATEGORY_NAME_TAKEN,
                                    "taken",
                                    java.util.Map.of());
                        }
                        effects.incrementAndGet();
                        CallScope.current().markAudited();
                        return CreateCategoryResponse.newBuilder()
                                .setCategory(Category.newBuilder().setId(id.toString()))
                                .build();
                    });
            Replies.send(observer, answer);
        }
    }

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").bean(new Categories());

    private final TestUser admin = platform.user("categories:write");

    @Test
    void theSameRequestAgainGivesTheSameAnswer() throws Exception {
        var request = request("a " + UUID.randomUUID());
        var first = stub(admin).createCategory(request);
        assertThat(stub(admin).createCategory(request)).isEqualTo(first);
        assertThat(rows(request.getName())).isOne();
    }

    @Test
    void theSameIdWithOtherContentsIsRefused() throws Exception {
        var request = request("b " + UUID.randomUUID());
        stub(admin).createCategory(request);
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> stub(admin)
                        .createCategory(request.toBuilder().setName("c").build()));
        assertThat(refusal.fields()).containsExactly("request_id");
    }

    @Test
    void theSameIdOfAnotherCallerIsAnotherRequest() throws Exception {
        var request = request("d " + UUID.randomUUID());
        var first = stub(admin).createCategory(request);
        var other = platform.user("categories:write");
        assertThat(stub(other)
                        .createCategory(request.toBuilder()
                                .setName("e " + UUID.randomUUID())
                                .build()))
                .isNotEqualTo(first);
    }

    @Test
    void aRefusalLeavesNothingAndMayBeTriedAgain() throws Exception {
        var request = request("refused " + UUID.randomUUID());
        for (int attempt = 0; attempt < 2; attempt++) {
            Refusal.expect(
                    Code.ALREADY_EXISTS,
                    org.aula.api.courses.v1.ErrorReason.ERROR_REASON_CATEGORY_NAME_TAKEN,
                    () -> stub(admin).createCategory(request));
        }
        assertThat(rows(request.getName())).isZero();
    }

    @Test
    void twentyAtOnceHaveOneEffect() throws Exception {
        var request = request("f " + UUID.randomUUID());
        var before = effects.get();
        var calls = new ArrayList<Future<CreateCategoryResponse>>();
        var stub = CategoryServiceGrpc.newFutureStub(platform.as(admin, "courses"));
        for (int call = 0; call < 20; call++) {
            calls.add(stub.createCategory(request));
        }
        var answers = new HashSet<CreateCategoryResponse>();
        for (var call : calls) {
            try {
                answers.add(call.get());
            } catch (ExecutionException refused) {
                var refusal = Refusal.expect(Code.ABORTED, ErrorReason.ERROR_REASON_REQUEST_IN_PROGRESS, () -> {
                    throw (Exception) refused.getCause();
                });
                assertThat(refusal.hasRetryInfo()).isTrue();
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(effects.get() - before).isOne();
        assertThat(rows(request.getName())).isOne();
    }

    private static CreateCategoryRequest request(String name) {
        return CreateCategoryRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setName(name)
                .build();
    }

    private static int rows(String name) {
        return platform.superuser()
                .withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM courses.course_categories WHERE name = ?")
                                .bind(0, name)
                                .mapTo(Integer.class)
                                .one());
    }

    private static CategoryServiceGrpc.CategoryServiceBlockingStub stub(TestUser user) {
        return CategoryServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }
}
