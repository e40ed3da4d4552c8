package org.aula.enrollments.enrollment;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.BatchGetCompletedLessonsRequest;
import org.aula.api.enrollments.v1.BatchGetCompletedLessonsResponse;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.CheckAccessRequest;
import org.aula.api.enrollments.v1.CheckAccessResponse;
import org.aula.api.enrollments.v1.CompleteLessonRequest;
import org.aula.api.enrollments.v1.CompleteLessonResponse;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentResponse;
import org.aula.api.enrollments.v1.DropEnrollmentRequest;
import org.aula.api.enrollments.v1.DropEnrollmentResponse;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.GetEnrollmentRequest;
import org.aula.api.enrollments.v1.GetEnrollmentResponse;
import org.aula.api.enrollments.v1.GrantEnrollmentRequest;
import org.aula.api.enrollments.v1.GrantEnrollmentResponse;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsRequest;
import org.aula.api.enrollments.v1.ListCourseEnrollmentsResponse;
import org.aula.api.enrollments.v1.ListMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.ListMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.PauseEnrollmentRequest;
import org.aula.api.enrollments.v1.PauseEnrollmentResponse;
import org.aula.api.enrollments.v1.RecordProgressRequest;
import org.aula.api.enrollments.v1.RecordProgressResponse;
import org.aula.api.enrollments.v1.ResumeEnrollmentRequest;
import org.aula.api.enrollments.v1.ResumeEnrollmentResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// The contract's EnrollmentService.
@Singleton
final class EnrollmentGrpcService extends EnrollmentServiceGrpc.EnrollmentServiceImplBase {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final EnrollmentRepository enrollments;
    private final ProgressRepository progresses;
    private final EnrollmentService enrollmentService;
    private final ProgressService progressService;
    private final EnrollmentChange change;
    private final CourseEnrollments courseEnrollments;
    private final AccessReader access;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    EnrollmentGrpcService(
            EnrollmentRepository enrollments,
            ProgressRepository progresses,
            EnrollmentService enrollmentService,
            ProgressService progressService,
            EnrollmentChange change,
            CourseEnrollments courseEnrollments,
            AccessReader access,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.enrollments = enrollments;
        this.progresses = progresses;
        this.enrollmentService = enrollmentService;
        this.progressService = progressService;
        this.change = change;
        this.courseEnrollments = courseEnrollments;
        this.access = access;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void createEnrollment(CreateEnrollmentRequest request, StreamObserver<CreateEnrollmentResponse> observer) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        var answer = idempotency.run(request, CreateEnrollmentResponse.parser(), handle -> {
            var message = recorded(handle, enrollmentService.enroll(handle, userId, courseId));
            return CreateEnrollmentResponse.newBuilder().setEnrollment(message).build();
        });
        Replies.send(observer, answer);
    }

    @Override
    public void grantEnrollment(GrantEnrollmentRequest request, StreamObserver<GrantEnrollmentResponse> observer) {
        var userId = UUID.fromString(request.getUserId());
        var courseId = UUID.fromString(request.getCourseId());
        var terms = EnrollmentMapper.terms(request);
        var answer = idempotency.run(request, GrantEnrollmentResponse.parser(), handle -> {
            var message = recorded(handle, enrollmentService.grant(handle, userId, courseId, terms));
            return GrantEnrollmentResponse.newBuilder().setEnrollment(message).build();
        });
        Replies.send(observer, answer);
    }

    private org.aula.api.enrollments.v1.Enrollment recorded(
            Handle handle, EnrollmentService.EnrollmentResult admitted) {
        var before = admitted.before();
        var message = EnrollmentMapper.toProto(admitted.enrollment());
        audit.record(
                handle,
                "enrollment",
                admitted.enrollment().id(),
                before == null ? null : EnrollmentMapper.toProto(before),
                message);
        return message;
    }

    @Override
    public void pauseEnrollment(PauseEnrollmentRequest request, StreamObserver<PauseEnrollmentResponse> observer) {
        var message = moved(request.getEnrollmentId(), Transition.PAUSE);
        Replies.send(
                observer,
                PauseEnrollmentResponse.newBuilder().setEnrollment(message).build());
    }

    @Override
    public void resumeEnrollment(ResumeEnrollmentRequest request, StreamObserver<ResumeEnrollmentResponse> observer) {
        var message = moved(request.getEnrollmentId(), Transition.RESUME);
        Replies.send(
                observer,
                ResumeEnrollmentResponse.newBuilder().setEnrollment(message).build());
    }

    @Override
    public void dropEnrollment(DropEnrollmentRequest request, StreamObserver<DropEnrollmentResponse> observer) {
        var message = moved(request.getEnrollmentId(), Transition.DROP);
        Replies.send(
                observer,
                DropEnrollmentResponse.newBuilder().setEnrollment(message).build());
    }

    private org.aula.api.enrollments.v1.Enrollment moved(String id, Transition move) {
        var enrollment = transactions.write(handle -> change.move(handle, UUID.fromString(id), move));
        return EnrollmentMapper.toProto(enrollment);
    }

    @Override
    public void listCourseEnrollments(
            ListCourseEnrollmentsRequest request, StreamObserver<ListCourseEnrollmentsResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var filter = EnrollmentMapper.filter(request);
        var rows = courseEnrollments.list(filter, before, size + 1);
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                enrollment -> List.of(enrollment.id().toString()),
                request.getWithItemTokens());
        var answer = ListCourseEnrollmentsResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(enrollment -> answer.addEnrollments(EnrollmentMapper.toProto(enrollment)));
        Replies.send(observer, answer.build());
    }

    @Override
    public void getEnrollment(GetEnrollmentRequest request, StreamObserver<GetEnrollmentResponse> observer) {
        var id = UUID.fromString(request.getEnrollmentId());
        var message = transactions.read(handle -> {
            var enrollment = enrollments.find(handle, id).orElseThrow(() -> ProgressService.notFound(id));
            CallScope.current().requireOwner(enrollment.userId());
            return withLessons(handle, enrollment);
        });
        Replies.send(
                observer,
                GetEnrollmentResponse.newBuilder().setEnrollment(message).build());
    }

    @Override
    public void batchGetMyEnrollments(
            BatchGetMyEnrollmentsRequest request, StreamObserver<BatchGetMyEnrollmentsResponse> observer) {
        var userId = CallScope.current().requireUser();
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var answer = BatchGetMyEnrollmentsResponse.newBuilder();
        transactions.read(handle -> {
            var found = enrollments.findByCourses(handle, userId, courseIds).stream()
                    .collect(Collectors.toMap(enrollment -> enrollment.courseId(), Function.identity()));
            var lessons = request.getWithLessons() ? lessonsOf(handle, found) : Map.<UUID, List<LessonProgress>>of();
            for (var courseId : courseIds) {
                var enrollment = found.get(courseId);
                if (enrollment == null) {
                    answer.addMissingCourseIds(courseId.toString());
                } else {
                    answer.addEnrollments(
                            EnrollmentMapper.toProto(enrollment, lessons.getOrDefault(enrollment.id(), List.of())));
                }
            }
            return found.size();
        });
        Replies.send(observer, answer.build());
    }

    @Override
    public void listMyEnrollments(
            ListMyEnrollmentsRequest request, StreamObserver<ListMyEnrollmentsResponse> observer) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var status = EnrollmentMapper.filter(request.getStatus());
        var rows = transactions.read(handle -> enrollments.list(handle, userId, status, before, size + 1));
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                enrollment -> List.of(enrollment.id().toString()),
                request.getWithItemTokens());
        var answer = ListMyEnrollmentsResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(enrollment -> answer.addEnrollments(EnrollmentMapper.toProto(enrollment, List.of())));
        Replies.send(observer, answer.build());
    }

    @Override
    public void recordProgress(RecordProgressRequest request, StreamObserver<RecordProgressResponse> observer) {
        var progress = transactions.write(handle -> progressService.record(
                handle,
                UUID.fromString(request.getEnrollmentId()),
                UUID.fromString(request.getLessonId()),
                EnrollmentMapper.fromProto(request.getPosition()),
                EnrollmentMapper.fromProto(request.getTimeSpent())));
        Replies.send(
                observer,
                RecordProgressResponse.newBuilder()
                        .setProgress(EnrollmentMapper.toProto(progress))
                        .build());
    }

    @Override
    public void completeLesson(CompleteLessonRequest request, StreamObserver<CompleteLessonResponse> observer) {
        var enrollmentId = UUID.fromString(request.getEnrollmentId());
        var lessonId = UUID.fromString(request.getLessonId());
        var message = transactions.write(
                handle -> withLessons(handle, progressService.complete(handle, enrollmentId, lessonId)));
        Replies.send(
                observer,
                CompleteLessonResponse.newBuilder().setEnrollment(message).build());
    }

    @Override
    public void checkAccess(CheckAccessRequest request, StreamObserver<CheckAccessResponse> observer) {
        var userId = UUID.fromString(request.getUserId());
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var now = clock.instant();
        var found = access.find(userId, courseIds);
        var answer = CheckAccessResponse.newBuilder();
        for (var courseId : courseIds) {
            var known = found.get(courseId);
            if (known != null) {
                answer.addEnrolledCourseIds(courseId.toString());
                if (known.isOpen(now)) {
                    answer.addCourseIds(courseId.toString());
                }
            }
        }
        Replies.send(observer, answer.build());
    }

    @Override
    public void batchGetCompletedLessons(
            BatchGetCompletedLessonsRequest request, StreamObserver<BatchGetCompletedLessonsResponse> observer) {
        var userId = UUID.fromString(request.getUserId());
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var now = clock.instant();
        var answer = BatchGetCompletedLessonsResponse.newBuilder();
        transactions.read(handle -> {
            var open = enrollments.findByCourses(handle, userId, courseIds).stream()
                    .filter(enrollment -> enrollment.isActive(now))
                    .collect(Collectors.toMap(enrollment -> enrollment.courseId(), Function.identity()));
            var lessons = lessonsOf(handle, open);
            courseIds.stream().filter(open::containsKey).forEach(courseId -> {
                var ofCourse = lessons.getOrDefault(
                        Objects.requireNonNull(open.get(courseId)).id(), List.of());
                answer.addCourses(EnrollmentMapper.completed(courseId, ofCourse));
            });
            return open.size();
        });
        Replies.send(observer, answer.build());
    }

    private org.aula.api.enrollments.v1.Enrollment withLessons(Handle handle, Enrollment enrollment) {
        var lessons = progresses.findAll(handle, List.of(enrollment.id()));
        return EnrollmentMapper.toProto(enrollment, lessons.getOrDefault(enrollment.id(), List.of()));
    }

    private Map<UUID, List<LessonProgress>> lessonsOf(Handle handle, Map<UUID, Enrollment> enrollmentsByCourse) {
        var ids = enrollmentsByCourse.values().stream()
                .map(enrollment -> enrollment.id())
                .toList();
        return ids.isEmpty() ? Map.of() : progresses.findAll(handle, ids);
    }
}
