package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.BatchGetMyReviewsRequest;
import org.aula.api.courses.v1.BatchGetMyReviewsResponse;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.kernel.server.Replies;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tokens whose rights are out of date are refused within moments, and no others.
final class AccessChangesTest {

    private static final long NOW = System.currentTimeMillis();

    private static final class Reviews extends ReviewServiceGrpc.ReviewServiceImplBase {
        @Override
        public void batchGetMyReviews(
                BatchGetMyReviewsRequest request, StreamObserver<BatchGetMyReviewsResponse> observer) {
            Replies.send(observer, BatchGetMyReviewsResponse.getDefaultInstance());
        }
    }

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").bean(new Reviews());

    private final TestUser user = platform.user();
    private final UUID session = UUID.randomUUID();

    @Test
    void anAccountsOlderTokensAreStale() throws Exception {
        publish(AccessChanged.newBuilder().setUserId(user.id().toString()), NOW);

        expectStale(token(List.of("student"), session, NOW - 1));
        assertThat(get(token(List.of("student"), session, NOW))).isNotNull();
        var other = platform.user();
        assertThat(get(platform.token(other, List.of("student"), session, NOW - 1)))
                .isNotNull();
    }

    @Test
    void aSessionThatEndedTakesItsOwnTokensOnly() throws Exception {
        publish(AccessChanged.newBuilder().setUserId(user.id().toString()).setSessionId(session.toString()), NOW);

        expectStale(token(List.of(), session, NOW - 1));
        assertThat(get(token(List.of(), UUID.randomUUID(), NOW - 1))).isNotNull();
    }

    @Test
    void aRolesChangeReachesAllWhoHoldIt() throws Exception {
        var role = "r" + UUID.randomUUID().toString().substring(0, 8);
        publish(AccessChanged.newBuilder().setRole(role), NOW);

        expectStale(token(List.of("student", role), session, NOW - 1));
        assertThat(get(token(List.of("student"), session, NOW - 1))).isNotNull();
    }

    @Test
    void anEarlierChangeThatComesLateTakesNothingBack() throws Exception {
        publish(AccessChanged.newBuilder().setUserId(user.id().toString()), NOW);
        publish(AccessChanged.newBuilder().setUserId(user.id().toString()), NOW - 5_000);
        var marker = UUID.randomUUID();
        publish(
                AccessChanged.newBuilder().setUserId(user.id().toString()).setSessionId(marker.toString()),
                NOW + 1_000);

        expectStale(token(List.of(), marker, NOW));
        expectStale(token(List.of(), session, NOW - 1));
    }

    private void publish(AccessChanged.Builder change, long notBefore) {
        platform.publish(
                "auth",
                user.id().toString(),
                change.setNotBeforeTime(Timestamps.fromMillis(notBefore)).build());
    }

    private void expectStale(String token) throws Exception {
        Await.untilHolds(
                () -> Refusal.expect(Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_TOKEN_STALE, () -> get(token)));
    }

    private String token(List<String> roles, UUID sessionId, long rightsMillis) {
        return platform.token(user, roles, sessionId, rightsMillis);
    }

    private static BatchGetMyReviewsResponse get(String token) {
        return ReviewServiceGrpc.newBlockingStub(platform.withToken("courses", token))
                .batchGetMyReviews(BatchGetMyReviewsRequest.newBuilder()
                        .addCourseIds(UUID.randomUUID().toString())
                        .build());
    }
}
