package org.aula.bff.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.GetCourseActivityRequest;
import org.aula.api.analytics.v1.GetCourseActivityResponse;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.BatchGetAccountsRequest;
import org.aula.api.auth.v1.BatchGetAccountsResponse;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.ContentServiceGrpc;
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
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonContentResponse;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.api.courses.v1.SectionList;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.Tag;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.BatchGetUserSummariesResponse;
import org.aula.api.users.v1.GetFullUserRequest;
import org.aula.api.users.v1.GetFullUserResponse;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserSummary;
import org.dataloader.DataLoaderRegistry;

/// Makes the loaders of one request.
public final class Loaders {

    private static final int CATEGORIES_PAGE = 500;

    private final RequestContext request;
    private final LoaderRegistry registry;

    private Loaders(RequestContext request, LoaderRegistry registry) {
        this.request = request;
        this.registry = registry;
    }

    /// The loaders of a request.
    public static DataLoaderRegistry of(RequestContext request) {
        var registry = new LoaderRegistry(request);
        var loaders = new Loaders(request, registry);
        loaders.registerBatches();
        loaders.registerFiles();
        loaders.registerPeople();
        loaders.registerSingles();
        LearningLoaders.addTo(registry, request);
        return registry;
    }

    private void registerBatches() {
        registry.batch(
                Loader.COURSES,
                CourseServiceGrpc.getBatchGetCoursesMethod(),
                ids -> BatchGetCoursesRequest.newBuilder().addAllCourseIds(ids).build(),
                BatchGetCoursesResponse::getCoursesList,
                Course::getId);
        registry.batch(
                Loader.SECTIONS,
                SectionServiceGrpc.getBatchListSectionsMethod(),
                ids -> BatchListSectionsRequest.newBuilder()
                        .addAllCourseIds(ids)
                        .setFirst(LoaderRegistry.BATCH)
                        .build(),
                BatchListSectionsResponse::getListsList,
                SectionList::getCourseId);
        registry.batch(
                Loader.LESSONS,
                LessonServiceGrpc.getBatchListLessonsMethod(),
                ids -> BatchListLessonsRequest.newBuilder()
                        .addAllSectionIds(ids)
                        .setFirst(LoaderRegistry.BATCH)
                        .build(),
                BatchListLessonsResponse::getListsList,
                LessonList::getSectionId);
        registry.batch(
                Loader.TAGS,
                TagServiceGrpc.getBatchGetTagsMethod(),
                ids -> BatchGetTagsRequest.newBuilder().addAllTagIds(ids).build(),
                BatchGetTagsResponse::getTagsList,
                Tag::getId);
        registry.batch(
                Loader.MY_REVIEWS,
                ReviewServiceGrpc.getBatchGetMyReviewsMethod(),
                ids -> BatchGetMyReviewsRequest.newBuilder()
                        .addAllCourseIds(ids)
                        .build(),
                BatchGetMyReviewsResponse::getReviewsList,
                Review::getCourseId);
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
        registry.batch(
                loader,
                ContentServiceGrpc.getBatchGetDownloadsMethod(),
                ids -> which.toBuilder().addAllAssetIds(ids).build(),
                BatchGetDownloadsResponse::getDownloadsList,
                download -> download.getAsset().getId());
    }

    private void registerPeople() {
        registry.batch(
                Loader.USER_SUMMARIES,
                UserServiceGrpc.getBatchGetUserSummariesMethod(),
                ids -> BatchGetUserSummariesRequest.newBuilder()
                        .addAllUserIds(ids)
                        .build(),
                BatchGetUserSummariesResponse::getUsersList,
                UserSummary::getId);
        registry.batch(
                Loader.ACCOUNTS,
                AccountServiceGrpc.getBatchGetAccountsMethod(),
                ids -> BatchGetAccountsRequest.newBuilder().addAllUserIds(ids).build(),
                BatchGetAccountsResponse::getAccountsList,
                Account::getId);
        registry.single(
                Loader.FULL_USERS,
                UserServiceGrpc.getGetFullUserMethod(),
                (String id) -> GetFullUserRequest.newBuilder().setUserId(id).build(),
                GetFullUserResponse::getFullUser);
    }

    private void registerSingles() {
        registry.single(
                Loader.LESSON_CONTENTS,
                LessonServiceGrpc.getGetLessonContentMethod(),
                (GetLessonContentRequest asked) -> asked,
                GetLessonContentResponse::getContent);
        registry.single(
                Loader.LESSON_REVISIONS,
                LessonServiceGrpc.getGetLessonRevisionMethod(),
                (GetLessonRevisionRequest asked) -> asked,
                Function.identity());
        registry.single(
                Loader.COURSE_ACTIVITIES,
                AnalyticsServiceGrpc.getGetCourseActivityMethod(),
                (String id) ->
                        GetCourseActivityRequest.newBuilder().setCourseId(id).build(),
                GetCourseActivityResponse::getActivity);
        registry.whole(
                Loader.CATEGORIES, () -> categories("", new ArrayList<>()).thenApply(all -> Map.of(Loader.ALL, all)));
    }

    private CompletableFuture<CategoryTree> categories(String pageToken, List<Category> found) {
        return request.call(
                        CategoryServiceGrpc.getListCategoriesMethod(),
                        ListCategoriesRequest.newBuilder()
                                .setPageSize(CATEGORIES_PAGE)
                                .setPageToken(pageToken)
                                .build())
                .thenCompose(page -> {
                    found.addAll(page.getCategoriesList());
                    return page.getNextPageToken().isEmpty()
                            ? CompletableFuture.completedFuture(CategoryTree.of(found))
                            : categories(page.getNextPageToken(), found);
                });
    }
}
