package org.aula.kernel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A service that stops lets what runs finish and takes nothing new.
final class DrainTest {

    private static final CountDownLatch inside = new CountDownLatch(1);
    private static final CountDownLatch release = new CountDownLatch(1);

    private static final class Waiting extends CourseServiceGrpc.CourseServiceImplBase {
        @Override
        public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> observer) {
            inside.countDown();
            try {
                release.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            Replies.send(observer, GetCourseResponse.getDefaultInstance());
        }
    }

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").bean(new Waiting());

    @Test
    void whatRunsFinishesAndNothingNewBegins() throws Exception {
        var request = GetCourseRequest.newBuilder().setSlug("any").build();
        var running =
                CourseServiceGrpc.newFutureStub(platform.anonymous("courses")).getCourse(request);
        assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();

        var server = platform.bean("courses", GrpcServer.class);
        var stopping = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(5)));
        org.aula.kernel.testing.Await.until("new calls are refused", DrainTest::isRefused);
        assertThat(stopping.isDone()).isFalse();

        release.countDown();
        assertThat(running.get(5, TimeUnit.SECONDS)).isNotNull();
        stopping.get(5, TimeUnit.SECONDS);
        assertThatThrownBy(DrainTest::call).isInstanceOf(StatusRuntimeException.class);
    }

    private static boolean isRefused() {
        try {
            CourseServiceGrpc.newBlockingStub(platform.anonymous("courses"))
                    .withDeadlineAfter(50, TimeUnit.MILLISECONDS)
                    .getCourse(GetCourseRequest.newBuilder().setSlug("new").build());
            return false;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode() == io.grpc.Status.Code.UNAVAILABLE;
        }
    }

    private static GetCourseResponse call() {
        return CourseServiceGrpc.newBlockingStub(platform.anonymous("courses"))
                .getCourse(GetCourseRequest.newBuilder().setSlug("late").build());
    }
}
