package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsResponse;
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
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.time.Times;

/// The contract's EnrollmentService.
@Singleton
final class EnrollmentGrpcService extends EnrollmentServiceHandler {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final EnrollmentService enrollments;
    private final EnrollmentReader reader;
    private final ProgressService progressService;
    private final Idempotency idempotency;
    private final PageTokens tokens;

    EnrollmentGrpcService(
            EnrollmentService enrollments,
            EnrollmentReader reader,
            ProgressService progressService,
            Idempotency idempotency,
            PageTokens tokens) {
        this.enrollments = enrollments;
        this.reader = reader;
        this.progressService = progressService;
        this.idempotency = idempotency;
        this.tokens = tokens;
    }

    @Override
    protected CreateEnrollmentResponse createEnrollment(CreateEnrollmentRequest request) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        return idempotency.run(request, CreateEnrollmentResponse.parser(), () -> {
            var message = EnrollmentMapper.toProto(enrollments.enroll(userId, courseId));
            return CreateEnrollmentResponse.newBuilder().setEnrollment(message).build();
        });
    }

    @Override
    protected GrantEnrollmentResponse grantEnrollment(GrantEnrollmentRequest request) {
        var userId = UUID.fromString(request.getUserId());
        var courseId = UUID.fromString(request.getCourseId());
        var terms = EnrollmentMapper.terms(request);
        return idempotency.run(request, GrantEnrollmentResponse.parser(), () -> {
            var message = EnrollmentMapper.toProto(enrollments.grant(userId, courseId, terms));
            return GrantEnrollmentResponse.newBuilder().setEnrollment(message).build();
        });
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
        return EnrollmentMapper.toProto(enrollments.move(UUID.fromString(id), move));
    }

    @Override
    protected ListCourseEnrollmentsResponse listCourseEnrollments(ListCourseEnrollmentsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var filter = EnrollmentMapper.filter(request);
        var rows = reader.listOfCourse(filter, before, size + 1);
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                enrollment -> List.of(enrollment.id().toString()),
                request.getWithItemTokens());
        var response = ListCourseEnrollmentsResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(enrollment -> response.addEnrollments(EnrollmentMapper.toProto(enrollment)));
        return response.build();
    }

    @Override
    protected GetEnrollmentResponse getEnrollment(GetEnrollmentRequest request) {
        var details = reader.get(UUID.fromString(request.getEnrollmentId()));
        return GetEnrollmentResponse.newBuilder()
                .setEnrollment(EnrollmentMapper.toProto(details))
                .build();
    }

    @Override
    protected BatchGetMyEnrollmentsResponse batchGetMyEnrollments(BatchGetMyEnrollmentsRequest request) {
        var userId = CallScope.current().requireUser();
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var found = reader.findByCourses(userId, courseIds, request.getWithLessons()).stream()
                .collect(Collectors.toMap(details -> details.enrollment().courseId(), Function.identity()));
        var response = BatchGetMyEnrollmentsResponse.newBuilder();
        for (var courseId : courseIds) {
            var details = found.get(courseId);
            if (details == null) {
                response.addMissingCourseIds(courseId.toString());
            } else {
                response.addEnrollments(EnrollmentMapper.toProto(details));
            }
        }
        return response.build();
    }

    @Override
    protected ListMyEnrollmentsResponse listMyEnrollments(ListMyEnrollmentsRequest request) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var status = EnrollmentMapper.filter(request.getStatus());
        var rows = reader.list(userId, status, before, size + 1);
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                enrollment -> List.of(enrollment.id().toString()),
                request.getWithItemTokens());
        var response = ListMyEnrollmentsResponse.newBuilder()
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens());
        page.items().forEach(enrollment -> response.addEnrollments(EnrollmentMapper.toProto(enrollment)));
        return response.build();
    }

    @Override
    protected RecordProgressResponse recordProgress(RecordProgressRequest request) {
        var progress = progressService.record(
                UUID.fromString(request.getEnrollmentId()),
                UUID.fromString(request.getLessonId()),
                Times.duration(request.getPosition()),
                Times.duration(request.getTimeSpent()));
        return RecordProgressResponse.newBuilder()
                .setProgress(EnrollmentMapper.toProto(progress))
                .build();
    }

    @Override
    protected CompleteLessonResponse completeLesson(CompleteLessonRequest request) {
        var enrollmentId = UUID.fromString(request.getEnrollmentId());
        var lessonId = UUID.fromString(request.getLessonId());
        var details = progressService.complete(enrollmentId, lessonId);
        return CompleteLessonResponse.newBuilder()
                .setEnrollment(EnrollmentMapper.toProto(details))
                .build();
    }
}
