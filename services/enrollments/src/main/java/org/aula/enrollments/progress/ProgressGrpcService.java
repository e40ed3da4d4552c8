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
import org.aula.api.enrollments.v1.GetLessonProgressRequest;
import org.aula.api.enrollments.v1.GetLessonProgressResponse;
import org.aula.api.enrollments.v1.GetLessonStepsRequest;
import org.aula.api.enrollments.v1.GetLessonStepsResponse;
import org.aula.api.enrollments.v1.ListLessonNotesRequest;
import org.aula.api.enrollments.v1.ListLessonNotesResponse;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.RestartLessonRequest;
import org.aula.api.enrollments.v1.RestartLessonResponse;
import org.aula.api.enrollments.v1.StreamProgressRequest;
import org.aula.api.enrollments.v1.StreamProgressResponse;
import org.aula.api.enrollments.v1.UpdateLessonNoteRequest;
import org.aula.api.enrollments.v1.UpdateLessonNoteResponse;
import org.aula.enrollments.enrollment.EnrollmentMapper;
import org.aula.enrollments.enrollment.LessonProgress;
import org.aula.enrollments.enrollment.ProgressService;
import org.aula.enrollments.progress.LessonDetails.Place;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// The contract's ProgressService.
@Singleton
final class ProgressGrpcService extends ProgressServiceGrpc.ProgressServiceImplBase {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final ProgressService progressService;
    private final LessonNotes notes;
    private final LessonDetailStore details;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;
    private final Duration writtenWithin;

    ProgressGrpcService(
            ProgressService progressService,
            LessonNotes notes,
            LessonDetailStore details,
            Transactions transactions,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock,
            @Value("${aula.enrollments.heartbeats-written-within}") Duration writtenWithin) {
        this.progressService = progressService;
        this.notes = notes;
        this.details = details;
        this.transactions = transactions;
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
                Replies.send(
                        observer,
                        StreamProgressResponse.newBuilder()
                                .setProgress(EnrollmentMapper.toProto(outcome.progress()))
                                .setHeartbeatCount(outcome.count())
                                .build());
            }
        };
    }

    @Override
    public void getLessonProgress(
            GetLessonProgressRequest request, StreamObserver<GetLessonProgressResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        var standing = transactions
                .read(handle -> progressService.find(handle, place.enrollmentId(), place.lessonId()))
                .map(ProgressMapper::standing)
                .orElseGet(() -> ProgressMapper.unopened(place.lessonId()));
        Replies.send(
                observer,
                GetLessonProgressResponse.newBuilder().setStanding(standing).build());
    }

    @Override
    public void restartLesson(RestartLessonRequest request, StreamObserver<RestartLessonResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        requireOwner(place);
        var answer = idempotency.run(
                request,
                RestartLessonResponse.parser(),
                handle -> RestartLessonResponse.newBuilder()
                        .setStanding(ProgressMapper.standing(
                                progressService.restart(handle, place.enrollmentId(), place.lessonId())))
                        .build());
        Replies.send(observer, answer);
    }

    @Override
    public void completeLessonStep(
            CompleteLessonStepRequest request, StreamObserver<CompleteLessonStepResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        var userId = transactions.read(
                handle -> progressService.requireActiveLearner(handle, place.enrollmentId(), place.lessonId()));
        var steps = notes.complete(place, userId, request.getStep());
        Replies.send(
                observer,
                CompleteLessonStepResponse.newBuilder()
                        .addAllSteps(steps.stream().map(ProgressMapper::toProto).toList())
                        .build());
    }

    @Override
    public void getLessonSteps(GetLessonStepsRequest request, StreamObserver<GetLessonStepsResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        requireOwner(place);
        var steps = details.find(place).steps();
        Replies.send(
                observer,
                GetLessonStepsResponse.newBuilder()
                        .addAllSteps(steps.stream().map(ProgressMapper::toProto).toList())
                        .build());
    }

    /// The document is written while the key's transaction is open. If that fails afterwards, the request
    /// that comes again finds its note by its id.
    @Override
    public void createLessonNote(CreateLessonNoteRequest request, StreamObserver<CreateLessonNoteResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        requireOwner(place);
        var answer = idempotency.run(request, CreateLessonNoteResponse.parser(), handle -> {
            var userId = progressService.requireActiveLearner(handle, place.enrollmentId(), place.lessonId());
            var note = notes.write(
                    place,
                    userId,
                    UUID.fromString(request.getRequestId()),
                    request.getText(),
                    ProgressMapper.fromProto(request.getPosition()));
            return CreateLessonNoteResponse.newBuilder()
                    .setNote(ProgressMapper.toProto(place.lessonId(), note))
                    .build();
        });
        Replies.send(observer, answer);
    }

    @Override
    public void listLessonNotes(ListLessonNotesRequest request, StreamObserver<ListLessonNotesResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        requireOwner(place);
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var behind = tokens.open(request, request.getPageToken()).orElse(List.of());
        var rows = details.find(place).notes().stream()
                .filter(note -> behind.isEmpty() || note.isBehind(behind))
                .sorted(LessonNote.ORDER)
                .limit(size + 1L)
                .toList();
        var page = Page.of(rows, size, tokens, request, LessonNote::sortKey, request.getWithItemTokens());
        Replies.send(
                observer,
                ListLessonNotesResponse.newBuilder()
                        .addAllNotes(page.items().stream()
                                .map(note -> ProgressMapper.toProto(place.lessonId(), note))
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void updateLessonNote(UpdateLessonNoteRequest request, StreamObserver<UpdateLessonNoteResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        requireOwner(place);
        var note = notes.rewrite(
                place,
                UUID.fromString(request.getNoteId()),
                request.getEtag(),
                before -> ProgressMapper.update(request, before));
        Replies.send(
                observer,
                UpdateLessonNoteResponse.newBuilder()
                        .setNote(ProgressMapper.toProto(place.lessonId(), note))
                        .build());
    }

    @Override
    public void deleteLessonNote(DeleteLessonNoteRequest request, StreamObserver<DeleteLessonNoteResponse> observer) {
        var place = place(request.getEnrollmentId(), request.getLessonId());
        requireOwner(place);
        details.delete(place, UUID.fromString(request.getNoteId()));
        Replies.send(observer, DeleteLessonNoteResponse.getDefaultInstance());
    }

    private LessonProgress write(Heartbeat heartbeat) {
        return transactions.write(handle -> progressService.record(
                handle, heartbeat.enrollmentId(), heartbeat.lessonId(), heartbeat.position(), heartbeat.spent()));
    }

    private void requireOwner(Place place) {
        transactions.read(handle -> progressService.requireLearner(handle, place.enrollmentId(), place.lessonId()));
    }

    private static Place place(String enrollmentId, String lessonId) {
        return new Place(UUID.fromString(enrollmentId), UUID.fromString(lessonId));
    }
}
