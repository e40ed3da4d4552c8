package org.aula.enrollments.enrollment;

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
import org.aula.api.enrollments.v1.EnrollmentServiceHandler;
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
import org.aula.kernel.postgres.Database;

/// The contract's EnrollmentService.
@Singleton
final class EnrollmentGrpcService extends EnrollmentServiceHandler {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final EnrollmentRepository enrollments;
    private final ProgressRepository progresses;
    private final EnrollmentService enrollmentService;
    private final ProgressService progressService;
    private final EnrollmentChange change;
    private final CourseEnrollments courseEnrollments;
    private final AccessReader access;
    private final Database database;
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
            Database database,
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
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected CreateEnrollmentResponse createEnrollment(CreateEnrollmentRequest request) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        return idempotency.run(request, CreateEnrollmentResponse.parser(), () -> {
            var message = recorded(enrollmentService.enroll(userId, courseId));
            return CreateEnrollmentResponse.newBuilder().setEnrollment(message).build();
        });
    }

    @Override
    protected GrantEnrollmentResponse grantEnrollment(GrantEnrollmentRequest request) {
        var userId = UUID.fromString(request.getUserId());
        var courseId = UUID.fromString(request.getCourseId());
        var terms = EnrollmentMapper.terms(request);
        return idempotency.run(request, GrantEnrollmentResponse.parser(), () -> {
            var message = recorded(enrollmentService.grant(userId, courseId, terms));
            return GrantEnrollmentResponse.newBuilder().setEnrollment(message).build();
        });
    }

    private org.aula.api.enrollments.v1.Enrollment recorded(EnrollmentService.EnrollmentResult admitted) {
        var before = admitted.before();
        var message = EnrollmentMapper.toProto(admitted.enrollment());
        audit.record(
                "enrollment",
                admitted.enrollment().id(),
                before == null ? null : EnrollmentMapper.toProto(before),
                message);
        return message;
    }

    @Override
    protected PauseEnrollmentResponse pauseEnrollment(PauseEnrollmentRequest request) {
        var message = moved(request.getEnrollmentId(), Transition.PAUSE);
        return PauseEnrollmentResponse.newBuilder().setEnrollment(message).build();
    }

    @Override
    protected ResumeEnrollmentResponse resumeEnrollment(ResumeEnrollmentRequest request) {
        var message = moved(request.getEnrollmentId(), Transition.RESUME);
        return ResumeEnrollmentResponse.newBuilder().setEnrollment(message).build();
    }

    @Override
    protected DropEnrollmentResponse dropEnrollment(DropEnrollmentRequest request) {
        var message = moved(request.getEnrollmentId(), Transition.DROP);
        return DropEnrollmentResponse.newBuilder().setEnrollment(message).build();
    }

    private org.aula.api.enrollments.v1.Enrollment moved(String id, Transition move) {
        var enrollment = database.transact(() -> change.move(UUID.fromString(id), move));
        return EnrollmentMapper.toProto(enrollment);
    }

    @Override
    protected ListCourseEnrollmentsResponse listCourseEnrollments(ListCourseEnrollmentsRequest request) {
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
        return answer.build();
    }

    @Override
    protected GetEnrollmentResponse getEnrollment(GetEnrollmentRequest request) {
        var id = UUID.fromString(request.getEnrollmentId());
        var message = database.query(() -> {
            var enrollment = enrollments.find(id).orElseThrow(() -> ProgressService.notFound(id));
            CallScope.current().requireOwner(enrollment.userId());
            return withLessons(enrollment);
        });
        return GetEnrollmentResponse.newBuilder().setEnrollment(message).build();
    }

    @Override
    protected BatchGetMyEnrollmentsResponse batchGetMyEnrollments(BatchGetMyEnrollmentsRequest request) {
        var userId = CallScope.current().requireUser();
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var answer = BatchGetMyEnrollmentsResponse.newBuilder();
        database.query(() -> {
            var found = enrollments.findByCourses(userId, courseIds).stream()
                    .collect(Collectors.toMap(enrollment -> enrollment.courseId(), Function.identity()));
            var lessons = request.getWithLessons() ? lessonsOf(found) : Map.<UUID, List<LessonProgress>>of();
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
        return answer.build();
    }

    @Override
    protected ListMyEnrollmentsResponse listMyEnrollments(ListMyEnrollmentsRequest request) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var status = EnrollmentMapper.filter(request.getStatus());
        var rows = database.query(() -> enrollments.list(userId, status, before, size + 1));
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
        return answer.build();
    }

    @Override
    protected RecordProgressResponse recordProgress(RecordProgressRequest request) {
        var progress = database.transact(() -> progressService.record(
                UUID.fromString(request.getEnrollmentId()),
                UUID.fromString(request.getLessonId()),
                EnrollmentMapper.fromProto(request.getPosition()),
                EnrollmentMapper.fromProto(request.getTimeSpent())));
        return RecordProgressResponse.newBuilder()
                .setProgress(EnrollmentMapper.toProto(progress))
                .build();
    }

    @Override
    protected CompleteLessonResponse completeLesson(CompleteLessonRequest request) {
        var enrollmentId = UUID.fromString(request.getEnrollmentId());
        var lessonId = UUID.fromString(request.getLessonId());
        var message = database.transact(() -> withLessons(progressService.complete(enrollmentId, lessonId)));
        return CompleteLessonResponse.newBuilder().setEnrollment(message).build();
    }

    @Override
    protected CheckAccessResponse checkAccess(CheckAccessRequest request) {
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
        return answer.build();
    }

    @Override
    protected BatchGetCompletedLessonsResponse batchGetCompletedLessons(BatchGetCompletedLessonsRequest request) {
        var userId = UUID.fromString(request.getUserId());
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var now = clock.instant();
        var answer = BatchGetCompletedLessonsResponse.newBuilder();
        database.query(() -> {
            var open = enrollments.findByCourses(userId, courseIds).stream()
                    .filter(enrollment -> enrollment.isActive(now))
                    .collect(Collectors.toMap(enrollment -> enrollment.courseId(), Function.identity()));
            var lessons = lessonsOf(open);
            courseIds.stream().filter(open::containsKey).forEach(courseId -> {
                var ofCourse = lessons.getOrDefault(
                        Objects.requireNonNull(open.get(courseId)).id(), List.of());
                answer.addCourses(EnrollmentMapper.completed(courseId, ofCourse));
            });
            return open.size();
        });
        return answer.build();
    }

    private org.aula.api.enrollments.v1.Enrollment withLessons(Enrollment enrollment) {
        var lessons = progresses.findAll(List.of(enrollment.id()));
        return EnrollmentMapper.toProto(enrollment, lessons.getOrDefault(enrollment.id(), List.of()));
    }

    private Map<UUID, List<LessonProgress>> lessonsOf(Map<UUID, Enrollment> enrollmentsByCourse) {
        var ids = enrollmentsByCourse.values().stream()
                .map(enrollment -> enrollment.id())
                .toList();
        return ids.isEmpty() ? Map.of() : progresses.findAll(ids);
    }
}
