package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.StreamProgressRequest;
import org.aula.api.enrollments.v1.StreamProgressResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.server.Replies;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A stream of requests: each message is held to the contract as a request of its own.
final class StreamTest {

    private static final PinnedClock clock = new PinnedClock();
    private static final AtomicInteger taken = new AtomicInteger();
    private static volatile UUID owner = UUID.randomUUID();

    /// Decides about the first message, and forgets to for those that name another lesson than their
    /// enrollment.
    private static final class Progress extends ProgressServiceGrpc.ProgressServiceImplBase {
        @Override
        public StreamObserver<StreamProgressRequest> streamProgress(StreamObserver<StreamProgressResponse> observer) {
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamProgressRequest request) {
                    if (request.getLessonId().equals(request.getEnrollmentId())) {
                        CallScope.current().requireOwner(owner);
                    }
                    taken.incrementAndGet();
                }

                @Override
                public void onError(Throwable brokenOff) {}

                @Override
                public void onCompleted() {
                    Replies.send(observer, StreamProgressResponse.getDefaultInstance());
                }
            };
        }
    }

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").at(clock).bean(new Progress());

    private final String same = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();

    private record Call(StreamObserver<StreamProgressRequest> out, CompletableFuture<StreamProgressResponse> answer) {

        Call send(String enrollmentId, String lessonId) {
            out.onNext(StreamProgressRequest.newBuilder()
                    .setEnrollmentId(enrollmentId)
                    .setLessonId(lessonId)
                    .build());
            return this;
        }

        StreamProgressResponse answered() throws Exception {
            try {
                return answer.join();
            } catch (CompletionException refused) {
                throw (Exception) refused.getCause();
            }
        }
    }

    @Test
    void everyMessageThatIsDecidedAboutPasses() throws Exception {
        var call = call(platform.user());
        call.send(same, same).send(same, same).out().onCompleted();

        assertThat(call.answered()).isEqualTo(StreamProgressResponse.getDefaultInstance());
    }

    @Test
    void anAnswerIsHeldBackWhenTheLastMessageWasNotDecidedAbout() throws Exception {
        var call = call(platform.user());
        call.send(same, same).send(same, other).out().onCompleted();

        Refusal.expect(Code.INTERNAL, ErrorReason.ERROR_REASON_INTERNAL, call::answered);
    }

    @Test
    void everyMessageIsHeldToItsBounds() throws Exception {
        var call = call(platform.user()).send(same, same).send("x", "y");

        assertThat(Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, call::answered)
                        .fields())
                .containsExactlyInAnyOrder("enrollment_id", "lesson_id");
    }

    @Test
    void aTokenThatEndsEndsTheStream() throws Exception {
        var before = taken.get();
        var call = call(platform.user()).send(same, same);
        Await.until("the first is taken", () -> taken.get() == before + 1);

        clock.advance(Duration.ofMinutes(16));
        call.send(same, same);

        Refusal.expect(Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_TOKEN_EXPIRED, call::answered);
        assertThat(taken.get()).isEqualTo(before + 1);
    }

    private static Call call(TestUser user) {
        owner = user.id();
        var answer = new CompletableFuture<StreamProgressResponse>();
        var out = ProgressServiceGrpc.newStub(platform.as(user, "courses")).streamProgress(new StreamObserver<>() {
            @Override
            public void onNext(StreamProgressResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable refusal) {
                answer.completeExceptionally(refusal);
            }

            @Override
            public void onCompleted() {}
        });
        return new Call(out, answer);
    }
}
