package org.aula.enrollments.progress;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.CompleteLessonStepRequest;
import org.aula.api.enrollments.v1.CompleteLessonStepResponse;
import org.aula.api.enrollments.v1.CreateLessonNoteRequest;
import org.aula.api.enrollments.v1.CreateLessonNoteResponse;
import org.aula.api.enrollments.v1.DeleteLessonNoteRequest;
import org.aula.api.enrollments.v1.DeleteLessonNoteResponse;
import org.aula.api.enrollments.v1.GetLessonNoteRequest;
import org.aula.api.enrollments.v1.GetLessonNoteResponse;
import org.aula.api.enrollments.v1.GetLessonProgressRequest;
import org.aula.api.enrollments.v1.GetLessonProgressResponse;
import org.aula.api.enrollments.v1.GetLessonStepsRequest;
import org.aula.api.enrollments.v1.GetLessonStepsResponse;
import org.aula.api.enrollments.v1.ListLessonNotesRequest;
import org.aula.api.enrollments.v1.ListLessonNotesResponse;
import org.aula.api.enrollments.v1.ProgressServiceHandler;
import org.aula.api.enrollments.v1.RestartLessonRequest;
import org.aula.api.enrollments.v1.RestartLessonResponse;
import org.aula.api.enrollments.v1.StreamProgressRequest;
import org.aula.api.enrollments.v1.StreamProgressResponse;
import org.aula.api.enrollments.v1.UpdateLessonNoteRequest;
import org.aula.api.enrollments.v1.UpdateLessonNoteResponse;
import org.aula.api.enrollments.v1.WatchCourseProgressRequest;
import org.aula.api.enrollments.v1.WatchCourseProgressResponse;
import org.aula.enrollments.enrollment.EnrollmentMapper;
import org.aula.enrollments.enrollment.LessonProgress;
import org.aula.enrollments.enrollment.ProgressService;
import org.aula.enrollments.enrollment.ProgressStreams;
import org.aula.enrollments.progress.LessonDetails.Key;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.stream.ServerStream;

/// The contract's ProgressService.
@Singleton
final class ProgressGrpcService extends ProgressServiceHandler {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final ProgressService progressService;
    private final ProgressStreams streams;
    private final LessonDetailService details;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;
    private final Duration writtenWithin;

    ProgressGrpcService(
            ProgressService progressService,
            ProgressStreams streams,
            LessonDetailService details,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock,
            @Value("${aula.enrollments.heartbeats-written-within}") Duration writtenWithin) {
        this.progressService = progressService;
        this.streams = streams;
        this.details = details;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
        this.writtenWithin = writtenWithin;
    }

    @Override
    public StreamObserver<StreamProgressRequest> streamProgress(StreamObserver<StreamProgressResponse> observer) {
        var stream = new HeartbeatStream(this::write, writtenWithin, clock);
        var call = (ServerCallStreamObserver<StreamProgressResponse>) observer;
        call.setOnCancelHandler(stream::close);
        call.setOnCloseHandler(stream::close);
        return new StreamObserver<>() {
            @Override
            public void onNext(StreamProgressRequest request) {
                stream.take(ProgressMapper.fromProto(request));
            }

            @Override
            public void onError(Throwable brokenOff) {
                stream.close();
            }

            @Override
            public void onCompleted() {
                var outcome = stream.end();
                observer.onNext(StreamProgressResponse.newBuilder()
                        .setProgress(EnrollmentMapper.toProto(outcome.progress()))
                        .setHeartbeatCount(outcome.count())
                        .build());
                observer.onCompleted();
            }
        };
    }

    @Override
    protected GetLessonProgressResponse getLessonProgress(GetLessonProgressRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        var standing = progressService
                .find(key.enrollmentId(), key.lessonId())
                .map(ProgressMapper::standing)
                .orElseGet(() -> ProgressMapper.unopened(key));
        return GetLessonProgressResponse.newBuilder().setStanding(standing).build();
    }

    @Override
    protected ServerStream<WatchCourseProgressResponse> watchCourseProgress(WatchCourseProgressRequest request) {
        return streams.watch(UUID.fromString(request.getCourseId()));
    }

    @Override
    protected RestartLessonResponse restartLesson(RestartLessonRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        details.requireOwner(key);
        return idempotency.run(
                request,
                RestartLessonResponse.parser(),
                () -> RestartLessonResponse.newBuilder()
                        .setStanding(
                                ProgressMapper.standing(progressService.restart(key.enrollmentId(), key.lessonId())))
                        .build());
    }

    @Override
    protected CompleteLessonStepResponse completeLessonStep(CompleteLessonStepRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        var steps = details.complete(key, request.getStep());
        return CompleteLessonStepResponse.newBuilder()
                .addAllSteps(steps.stream().map(ProgressMapper::toProto).toList())
                .build();
    }

    @Override
    protected GetLessonStepsResponse getLessonSteps(GetLessonStepsRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        var steps = details.steps(key);
        return GetLessonStepsResponse.newBuilder()
                .addAllSteps(steps.stream().map(ProgressMapper::toProto).toList())
                .build();
    }

    @Override
    protected CreateLessonNoteResponse createLessonNote(CreateLessonNoteRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        details.requireOwner(key);
        return idempotency.run(request, CreateLessonNoteResponse.parser(), () -> {
            var note = details.write(
                    key,
                    UUID.fromString(request.getRequestId()),
                    request.getText(),
                    ProgressMapper.fromProto(request.getPosition()));
            return CreateLessonNoteResponse.newBuilder()
                    .setNote(ProgressMapper.toProto(key, note))
                    .build();
        });
    }

    @Override
    protected ListLessonNotesResponse listLessonNotes(ListLessonNotesRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var behind = tokens.open(request, request.getPageToken()).orElse(List.of());
        var rows = details.notes(key, behind, size + 1);
        var page = Page.of(rows, size, tokens, request, LessonNote::sortKey, request.getWithItemTokens());
        return ListLessonNotesResponse.newBuilder()
                .addAllNotes(page.items().stream()
                        .map(note -> ProgressMapper.toProto(key, note))
                        .toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected GetLessonNoteResponse getLessonNote(GetLessonNoteRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        var note = details.note(key, UUID.fromString(request.getNoteId()));
        return GetLessonNoteResponse.newBuilder()
                .setNote(ProgressMapper.toProto(key, note))
                .build();
    }

    @Override
    protected UpdateLessonNoteResponse updateLessonNote(UpdateLessonNoteRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        var note = details.rewrite(
                key,
                UUID.fromString(request.getNoteId()),
                request.getEtag(),
                before -> ProgressMapper.update(request, before));
        return UpdateLessonNoteResponse.newBuilder()
                .setNote(ProgressMapper.toProto(key, note))
                .build();
    }

    @Override
    protected DeleteLessonNoteResponse deleteLessonNote(DeleteLessonNoteRequest request) {
        var key = key(request.getEnrollmentId(), request.getLessonId());
        details.delete(key, UUID.fromString(request.getNoteId()));
        return DeleteLessonNoteResponse.getDefaultInstance();
    }

    private LessonProgress write(Heartbeat heartbeat) {
        return progressService.record(
                heartbeat.enrollmentId(), heartbeat.lessonId(), heartbeat.position(), heartbeat.spent());
    }

    private static Key key(String enrollmentId, String lessonId) {
        return new Key(UUID.fromString(enrollmentId), UUID.fromString(lessonId));
    }
}
