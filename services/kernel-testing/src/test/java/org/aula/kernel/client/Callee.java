package org.aula.kernel.client;

import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.aula.api.assignments.v1.BatchCreateQuizzesRequest;
import org.aula.api.assignments.v1.BatchCreateQuizzesResponse;
import org.aula.api.assignments.v1.EssayForm;
import org.aula.api.assignments.v1.NewQuestion;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.server.Replies;

/// Handlers that note what arrives with a call. By its slug a call asks them to call on, as a service that
/// needs another does, or to refuse.
final class Callee {

    /// What arrived.
    ///
    /// @param slug of the request; `quizzes` for BatchCreateQuizzes
    /// @param scope as the interceptors made it
    /// @param left of the deadline when the handler began
    record Arrival(String slug, CallScope scope, Duration left) {}

    private final Supplier<Channels> channels;
    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /// @param channels of the service in which these handlers run
    Callee(Supplier<Channels> channels) {
        this.channels = channels;
    }

    /// What arrived since the last time, in order.
    List<Arrival> drain() {
        var seen = List.copyOf(arrivals);
        arrivals.clear();
        return seen;
    }

    /// Refuses so many calls of the slug `away` before one is answered.
    void refuse(int times) {
        refusals.set(times);
    }

    static GetCourseRequest request(String slug) {
        return GetCourseRequest.newBuilder().setSlug(slug).build();
    }

    private void note(String slug) {
        var deadline = Context.current().getDeadline();
        if (deadline == null) {
            throw new IllegalStateException("a call without a deadline");
        }
        arrivals.add(
                new Arrival(slug, CallScope.current(), Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS))));
    }

    private void callOn(String slug) {
        var stub = CourseServiceGrpc.newFutureStub(channels.get().channel("courses"));
        Calls.await("courses", stub.getCourse(request(slug)));
    }

    private void makeQuizzes() {
        var stub = QuizServiceGrpc.newFutureStub(channels.get().channel("courses"));
        Calls.await(
                "courses",
                stub.batchCreateQuizzes(BatchCreateQuizzesRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setCourseId(UUID.randomUUID().toString())
                        .addQuizzes(NewQuiz.newBuilder()
                                .setTitle("Quiz")
                                .addQuestions(NewQuestion.newBuilder()
                                        .setText("Why?")
                                        .setPoints(1)
                                        .setForm(QuestionForm.newBuilder().setEssay(EssayForm.getDefaultInstance()))))
                        .build()));
    }

    final class Courses extends CourseServiceGrpc.CourseServiceImplBase {
        @Override
        public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> observer) {
            note(request.getSlug());
            switch (request.getSlug()) {
                case "call-on" -> callOn("called");
                case "call-missing" -> callOn("missing");
                case "make-quizzes" -> makeQuizzes();
                case "missing" -> throw Errors.notFound(ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, "course not found");
                case "away" -> refuseOnce();
                default -> {}
            }
            Replies.send(observer, GetCourseResponse.getDefaultInstance());
        }

        private void refuseOnce() {
            if (refusals.getAndDecrement() > 0) {
                throw Errors.serviceUnavailable("somebody");
            }
        }
    }

    final class Quizzes extends QuizServiceGrpc.QuizServiceImplBase {
        @Override
        public void batchCreateQuizzes(
                BatchCreateQuizzesRequest request, StreamObserver<BatchCreateQuizzesResponse> observer) {
            note("quizzes");
            CallScope.current().markAudited();
            Replies.send(observer, BatchCreateQuizzesResponse.getDefaultInstance());
        }
    }
}
