package org.aula.bff.backend;

import com.google.common.util.concurrent.ListenableFuture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.analytics.v1.GetCourseActivityResponse;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentRequest;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentResponse;
import org.aula.api.assignments.v1.GetLearnerQuizRequest;
import org.aula.api.assignments.v1.GetLearnerQuizResponse;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.BatchGetAccountsRequest;
import org.aula.api.auth.v1.BatchGetAccountsResponse;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.Download;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.BatchGetCoursesResponse;
import org.aula.api.courses.v1.BatchGetMyReviewsRequest;
import org.aula.api.courses.v1.BatchGetMyReviewsResponse;
import org.aula.api.courses.v1.BatchGetTagsRequest;
import org.aula.api.courses.v1.BatchGetTagsResponse;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListLessonsResponse;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.BatchListSectionsResponse;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonContentResponse;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.SectionList;
import org.aula.api.courses.v1.Tag;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesRequest;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesResponse;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.Certificate;
import org.aula.api.enrollments.v1.ListMyWaitlistEntriesRequest;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.GetAttemptResponse;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.BatchGetUserSummariesResponse;
import org.aula.api.users.v1.GetFullUserRequest;
import org.aula.api.users.v1.GetFullUserResponse;
import org.aula.api.users.v1.UserSummary;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.Try;

/// Makes the loaders of one request.
public final class Loaders {

    /// What the contract lets one batch hold.
    private static final int BATCH = 200;

    private static final int CATEGORIES_PAGE = 500;
    private static final int WAITLIST_PAGE = 100;
    private static final DataLoaderOptions OPTIONS =
            DataLoaderOptions.newOptions().setMaxBatchSize(BATCH).build();

    private final RequestContext request;
    private final DataLoaderRegistry registry = new DataLoaderRegistry();

    private Loaders(RequestContext request) {
        this.request = request;
    }

    /// The loaders of a request.
    public static DataLoaderRegistry of(RequestContext request) {
        var loaders = new Loaders(request);
        loaders.registerBatches();
        loaders.registerLearning();
        loaders.registerFiles();
        loaders.registerPeople();
        loaders.registerSingles();
        return loaders.registry;
    }

    private void registerBatches() {
        batch(
                Loader.COURSES,
                ids -> request.courses()
                        .batchGetCourses(BatchGetCoursesRequest.newBuilder()
                                .addAllCourseIds(ids)
                                .build()),
                BatchGetCoursesResponse::getCoursesList,
                Course::getId);
        batch(
                Loader.SECTIONS,
                ids -> request.sections()
                        .batchListSections(BatchListSectionsRequest.newBuilder()
                                .addAllCourseIds(ids)
                                .setFirst(BATCH)
                                .build()),
                BatchListSectionsResponse::getListsList,
                SectionList::getCourseId);
        batch(
                Loader.LESSONS,
                ids -> request.lessons()
                        .batchListLessons(BatchListLessonsRequest.newBuilder()
                                .addAllSectionIds(ids)
                                .setFirst(BATCH)
                                .build()),
                BatchListLessonsResponse::getListsList,
                LessonList::getSectionId);
        batch(
                Loader.MY_ENROLLMENTS,
                ids -> request.enrollments()
                        .batchGetMyEnrollments(BatchGetMyEnrollmentsRequest.newBuilder()
                                .addAllCourseIds(ids)
                                .setWithLessons(request.lessonProgressWanted())
                                .build()),
                Loaders::enrollments,
                found -> found.enrollment().getCourseId());
        batch(
                Loader.TAGS,
                ids -> request.tags()
                        .batchGetTags(BatchGetTagsRequest.newBuilder()
                                .addAllTagIds(ids)
                                .build()),
                BatchGetTagsResponse::getTagsList,
                Tag::getId);
        batch(
                Loader.MY_REVIEWS,
                ids -> request.reviews()
                        .batchGetMyReviews(BatchGetMyReviewsRequest.newBuilder()
                                .addAllCourseIds(ids)
                                .build()),
                BatchGetMyReviewsResponse::getReviewsList,
                Review::getCourseId);
    }

    private void registerLearning() {
        batch(
                Loader.MY_CERTIFICATES,
                ids -> request.certificates()
                        .batchGetMyCertificates(BatchGetMyCertificatesRequest.newBuilder()
                                .addAllEnrollmentIds(ids)
                                .build()),
                BatchGetMyCertificatesResponse::getCertificatesList,
                Certificate::getEnrollmentId);
        registry.register(
                Loader.MY_WAITLIST_ENTRIES.name(),
                DataLoaderFactory.<String, WaitlistEntry>newMappedDataLoader(
                        ids -> waitlistEntries("", new HashMap<>()), OPTIONS));
    }

    /// All of the viewer's, by course: few wait for more than a page of courses.
    private CompletableFuture<Map<String, WaitlistEntry>> waitlistEntries(
            String pageToken, Map<String, WaitlistEntry> found) {
        return request.answer(request.waitlists()
                        .listMyWaitlistEntries(ListMyWaitlistEntriesRequest.newBuilder()
                                .setPageSize(WAITLIST_PAGE)
                                .setPageToken(pageToken)
                                .build()))
                .thenCompose(page -> {
                    page.getEntriesList().forEach(entry -> found.put(entry.getCourseId(), entry));
                    return page.getNextPageToken().isEmpty()
                            ? CompletableFuture.completedFuture(found)
                            : waitlistEntries(page.getNextPageToken(), found);
                });
    }

    private void registerFiles() {
        var file = BatchGetDownloadsRequest.getDefaultInstance();
        downloads(Loader.DOWNLOADS, file);
        downloads(
                Loader.PICTURES,
                file.toBuilder().setVariant("thumbnail").setOrFile(true).build());
        Loader.VARIANTS.forEach((variant, loader) ->
                downloads(loader, file.toBuilder().setVariant(variant).build()));
    }

    private void downloads(Loader<Download> loader, BatchGetDownloadsRequest which) {
        batch(
                loader,
                ids -> request.content()
                        .batchGetDownloads(which.toBuilder().addAllAssetIds(ids).build()),
                BatchGetDownloadsResponse::getDownloadsList,
                download -> download.getAsset().getId());
    }

    private void registerPeople() {
        batch(
                Loader.USER_SUMMARIES,
                ids -> request.users()
                        .batchGetUserSummaries(BatchGetUserSummariesRequest.newBuilder()
                                .addAllUserIds(ids)
                                .build()),
                BatchGetUserSummariesResponse::getUsersList,
                UserSummary::getId);
        batch(
                Loader.ACCOUNTS,
                ids -> request.accounts()
                        .batchGetAccounts(BatchGetAccountsRequest.newBuilder()
                                .addAllUserIds(ids)
                                .build()),
                BatchGetAccountsResponse::getAccountsList,
                Account::getId);
        single(
                Loader.FULL_USERS,
                (String id) -> request.users()
                        .getFullUser(
                                GetFullUserRequest.newBuilder().setUserId(id).build()),
                GetFullUserResponse::getFullUser);
    }

    private void registerSingles() {
        single(
                Loader.LESSON_CONTENTS,
                (GetLessonContentRequest asked) -> request.lessons().getLessonContent(asked),
                GetLessonContentResponse::getContent);
        single(
                Loader.LESSON_REVISIONS,
                (GetLessonRevisionRequest asked) -> request.lessons().getLessonRevision(asked),
                Function.identity());
        single(
                Loader.COURSE_ACTIVITIES,
                (String id) -> request.analytics()
                        .getCourseActivity(GetCourseActivityRequest.newBuilder()
                                .setCourseId(id)
                                .build()),
                GetCourseActivityResponse::getActivity);
        registerExercises();
        registry.register(
                Loader.CATEGORIES.name(),
                DataLoaderFactory.<String, CategoryTree>newMappedDataLoader(
                        keys -> categories("", new ArrayList<>()).thenApply(all -> Map.of(Loader.ALL, all)), OPTIONS));
    }

    private void registerExercises() {
        single(
                Loader.QUIZZES,
                (String id) -> request.quizzes()
                        .getQuiz(GetQuizRequest.newBuilder().setQuizId(id).build()),
                Function.identity());
        single(
                Loader.LEARNER_QUIZZES,
                (String id) -> request.quizzes()
                        .getLearnerQuiz(
                                GetLearnerQuizRequest.newBuilder().setQuizId(id).build()),
                GetLearnerQuizResponse::getQuiz);
        single(
                Loader.LEARNER_FILE_ASSIGNMENTS,
                (String id) -> request.fileAssignments()
                        .getLearnerFileAssignment(GetLearnerFileAssignmentRequest.newBuilder()
                                .setFileAssignmentId(id)
                                .build()),
                GetLearnerFileAssignmentResponse::getFileAssignment);
        single(
                Loader.ATTEMPTS,
                (String id) -> request.attempts()
                        .getAttempt(
                                GetAttemptRequest.newBuilder().setAttemptId(id).build()),
                GetAttemptResponse::getAttempt);
    }

    private <A, T> void batch(
            Loader<T> loader,
            Function<Set<String>, ListenableFuture<A>> call,
            Function<A, List<T>> found,
            Function<T, String> key) {
        registry.register(
                loader.name(),
                DataLoaderFactory.<String, T>newMappedDataLoader(
                        ids -> request.answer(call.apply(ids))
                                .thenApply(answer -> found.apply(answer).stream()
                                        .collect(Collectors.toMap(key, Function.identity(), (first, second) -> first))),
                        OPTIONS));
    }

    private static List<MyEnrollment> enrollments(BatchGetMyEnrollmentsResponse answer) {
        return answer.getEnrollmentsList().stream().map(MyEnrollment::of).toList();
    }

    private <K, A, T> void single(Loader<T> loader, Function<K, ListenableFuture<A>> call, Function<A, T> found) {
        registry.register(
                loader.name(),
                DataLoaderFactory.<K, T>newMappedDataLoaderWithTry(ids -> each(ids, call, found), OPTIONS));
    }

    private <K, A, T> CompletableFuture<Map<K, Try<T>>> each(
            Set<K> ids, Function<K, ListenableFuture<A>> call, Function<A, T> found) {
        var answers = new HashMap<K, CompletableFuture<Try<T>>>();
        ids.forEach(id -> answers.put(
                id,
                request.answer(call.apply(id))
                        .handle((answer, failure) ->
                                failure == null ? Try.succeeded(found.apply(answer)) : Try.<T>failed(failure))));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().join())));
    }

    private CompletableFuture<CategoryTree> categories(String pageToken, List<Category> found) {
        return request.answer(request.categories()
                        .listCategories(ListCategoriesRequest.newBuilder()
                                .setPageSize(CATEGORIES_PAGE)
                                .setPageToken(pageToken)
                                .build()))
                .thenCompose(page -> {
                    found.addAll(page.getCategoriesList());
                    return page.getNextPageToken().isEmpty()
                            ? CompletableFuture.completedFuture(CategoryTree.of(found))
                            : categories(page.getNextPageToken(), found);
                });
    }
}
