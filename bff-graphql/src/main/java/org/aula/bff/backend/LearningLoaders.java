package org.aula.bff.backend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentRequest;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentResponse;
import org.aula.api.assignments.v1.GetLearnerQuizRequest;
import org.aula.api.assignments.v1.GetLearnerQuizResponse;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.enrollments.v1.BatchGetCourseSeatsRequest;
import org.aula.api.enrollments.v1.BatchGetCourseSeatsResponse;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesRequest;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesResponse;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.Certificate;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.CourseSeats;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.GetAttemptResponse;

/// The loaders of what is learnt: enrollments, waiting, certificates, quizzes and attempts.
final class LearningLoaders {

    private static final int WAITLIST_PAGE = 100;

    private final RequestContext request;
    private final LoaderRegistry loaders;

    private LearningLoaders(RequestContext request, LoaderRegistry loaders) {
        this.request = request;
        this.loaders = loaders;
    }

    static void addTo(LoaderRegistry loaders, RequestContext request) {
        var learning = new LearningLoaders(request, loaders);
        learning.registerLearning();
        learning.registerExercises();
    }

    private void registerLearning() {
        loaders.batch(
                Loader.MY_ENROLLMENTS,
                EnrollmentServiceGrpc.getBatchGetMyEnrollmentsMethod(),
                ids -> BatchGetMyEnrollmentsRequest.newBuilder()
                        .addAllCourseIds(ids)
                        .setWithLessons(request.lessonProgressWanted())
                        .build(),
                LearningLoaders::enrollments,
                found -> found.enrollment().getCourseId());
        loaders.batch(
                Loader.MY_CERTIFICATES,
                CertificateServiceGrpc.getBatchGetMyCertificatesMethod(),
                ids -> BatchGetMyCertificatesRequest.newBuilder()
                        .addAllEnrollmentIds(ids)
                        .build(),
                BatchGetMyCertificatesResponse::getCertificatesList,
                Certificate::getEnrollmentId);
        loaders.whole(Loader.MY_WAITLIST_ENTRIES, () -> waitlistEntries("", new HashMap<>()));
        loaders.batch(
                Loader.COURSE_SEATS,
                WaitlistServiceGrpc.getBatchGetCourseSeatsMethod(),
                ids -> BatchGetCourseSeatsRequest.newBuilder()
                        .addAllCourseIds(ids)
                        .build(),
                BatchGetCourseSeatsResponse::getSeatsList,
                CourseSeats::getCourseId);
    }

    /// All of the viewer's, by course: few wait for more than a page of courses.
    private CompletableFuture<Map<String, WaitlistEntry>> waitlistEntries(
            String pageToken, Map<String, WaitlistEntry> found) {
        return request.call(
                        WaitlistServiceGrpc.getListMyWaitlistEntriesMethod(),
                        ListMyWaitlistEntriesRequest.newBuilder()
                                .setPageSize(WAITLIST_PAGE)
                                .setPageToken(pageToken)
                                .build())
                .thenCompose(page -> {
                    page.getEntriesList().forEach(entry -> found.put(entry.getCourseId(), entry));
                    return page.getNextPageToken().isEmpty()
                            ? CompletableFuture.completedFuture(found)
                            : waitlistEntries(page.getNextPageToken(), found);
                });
    }

    private void registerExercises() {
        loaders.single(
                Loader.QUIZZES,
                QuizServiceGrpc.getGetQuizMethod(),
                (String id) -> GetQuizRequest.newBuilder().setQuizId(id).build(),
                Function.identity());
        loaders.single(
                Loader.LEARNER_QUIZZES,
                QuizServiceGrpc.getGetLearnerQuizMethod(),
                (String id) -> GetLearnerQuizRequest.newBuilder().setQuizId(id).build(),
                GetLearnerQuizResponse::getQuiz);
        loaders.single(
                Loader.LEARNER_FILE_ASSIGNMENTS,
                FileAssignmentServiceGrpc.getGetLearnerFileAssignmentMethod(),
                (String id) -> GetLearnerFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(id)
                        .build(),
                GetLearnerFileAssignmentResponse::getFileAssignment);
        loaders.single(
                Loader.ATTEMPTS,
                AttemptServiceGrpc.getGetAttemptMethod(),
                (String id) -> GetAttemptRequest.newBuilder().setAttemptId(id).build(),
                GetAttemptResponse::getAttempt);
    }

    private static List<MyEnrollment> enrollments(BatchGetMyEnrollmentsResponse answer) {
        return answer.getEnrollmentsList().stream().map(MyEnrollment::of).toList();
    }
}
