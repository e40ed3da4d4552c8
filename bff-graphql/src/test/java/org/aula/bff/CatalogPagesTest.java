package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import java.util.Map;
import java.util.stream.IntStream;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVariant;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.content.v1.GetAssetTextResponse;
import org.aula.api.content.v1.GetQuotaRequest;
import org.aula.api.content.v1.GetQuotaResponse;
import org.aula.api.content.v1.ListAssetsRequest;
import org.aula.api.content.v1.ListAssetsResponse;
import org.aula.api.content.v1.Quota;
import org.aula.api.courses.v1.BatchGetMyReviewsRequest;
import org.aula.api.courses.v1.BatchGetMyReviewsResponse;
import org.aula.api.courses.v1.BatchGetTagsRequest;
import org.aula.api.courses.v1.BatchGetTagsResponse;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.CountCoursesResponse;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.FacetCount;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ListCategoriesResponse;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ReorderLessonsRequest;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.Tag;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.api.users.v1.ListUsersRequest;
import org.aula.api.users.v1.ListUsersResponse;
import org.aula.api.users.v1.User;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pages on which people find courses, and look after files.
@org.junit.jupiter.api.Tag("fast")
class CatalogPagesTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @BeforeEach
    void forget() {
        GATEWAY.answer(
                ListCategoriesRequest.class,
                request -> ListCategoriesResponse.newBuilder()
                        .addCategories(category("top", ""))
                        .addCategories(category("category", TestGateway.uuid("top")))
                        .build());
        GATEWAY.answer(
                BatchGetTagsRequest.class,
                request -> BatchGetTagsResponse.newBuilder()
                        .addTags(Tag.newBuilder()
                                .setId(TestGateway.uuid("tag"))
                                .setName("graphs")
                                .setCourseCount(7))
                        .build());
    }

    private static Category category(String name, String parentId) {
        return Category.newBuilder()
                .setId(TestGateway.uuid(name))
                .setName(name)
                .setParentId(parentId)
                .build();
    }

    @Test
    void aListWithEverythingAroundItsCoursesTakesAsManyCallsForTenAsForAHundred() {
        var list = """
                { courses(first: %d) { nodes {
                    title averageRating reviewCount instructor { displayName } tags { name courseCount }
                    category { name path { name } } prerequisites { title }
                } } }
                """;

        var ten = GATEWAY.ask(list.formatted(10));
        var hundred = GATEWAY.ask(list.formatted(50));

        assertThat(ten.has("errors")).as(ten.toString()).isFalse();
        assertThat(ten.at("/extensions/grpcCalls").asInt()).isEqualTo(5);
        assertThat(hundred.at("/extensions/grpcCalls").asInt()).isEqualTo(5);
        assertThat(hundred.at("/data/courses/nodes")).hasSize(50).allSatisfy(course -> {
            assertThat(course.at("/category/path").findValuesAsText("name")).containsExactly("top", "category");
            assertThat(course.at("/tags/0/courseCount").asInt()).isEqualTo(7);
            assertThat(course.at("/prerequisites/0/title").asText()).isEqualTo("A course");
            assertThat(course.path("averageRating").isNull())
                    .as("nobody has said anything")
                    .isTrue();
        });
    }

    @Test
    void facetsAreCountedByTheSameFilterAndOnlyWhenTheyAreAskedFor() {
        GATEWAY.answer(
                CountCoursesRequest.class,
                request -> CountCoursesResponse.newBuilder()
                        .setTotal(12)
                        .setFree(3)
                        .addCategories(facet(TestGateway.uuid("category"), 9))
                        .addTags(facet(TestGateway.uuid("tag"), 8))
                        .addLevels(facet("BEGINNER", 5))
                        .addLanguages(facet("en", 11))
                        .addRatings(facet("4", 2))
                        .build());

        GATEWAY.ask("{ courses(first: 1, filter: {text: \"graphs\"}) { nodes { title } } }");
        assertThat(GATEWAY.requests()).hasSize(1);
        var answer = GATEWAY.ask("""
                { courses(first: 1, filter: {level: BEGINNER, text: "graphs"}) {
                    nodes { title }
                    facets {
                      total free
                      categories { category { name } count } tags { tag { name } count }
                      levels { level count } languages { languageCode count } ratings { ratingFrom count }
                    }
                } }
                """);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(4);
        var facets = answer.at("/data/courses/facets");
        assertThat(facets.path("total").asInt()).isEqualTo(12);
        assertThat(facets.at("/categories/0/category/name").asText()).isEqualTo("category");
        assertThat(facets.at("/tags/0/tag/name").asText()).isEqualTo("graphs");
        assertThat(facets.at("/levels/0/level").asText()).isEqualTo("BEGINNER");
        assertThat(facets.at("/languages/0/languageCode").asText()).isEqualTo("en");
        assertThat(facets.at("/ratings/0/ratingFrom").asInt()).isEqualTo(4);
        var counted = GATEWAY.request(CountCoursesRequest.class).getFilter();
        assertThat(counted.getLevel()).isEqualTo(CourseLevel.COURSE_LEVEL_BEGINNER);
        assertThat(counted.getText()).isEqualTo("graphs");
    }

    private static FacetCount facet(String value, long count) {
        return FacetCount.newBuilder().setValue(value).setCount(count).build();
    }

    @Test
    void everyFilterAndOrderReachesTheService() {
        GATEWAY.ask(
                """
                query($category: ID!, $tag: ID!) { courses(first: 5, orderBy: PRICE_DESCENDING, filter: {
                    categoryId: $category, tagIds: [$tag], priceFromMinor: 100, priceToMinor: 0,
                    priceCurrencyCode: "EUR", ratingFrom: 4.5, featuredOnly: true, languageCode: "en"
                }) { nodes { title } } }
                """,
                Map.of("category", TestGateway.id("Category", "category"), "tag", TestGateway.id("Tag", "tag")),
                null);

        var list = GATEWAY.request(ListCoursesRequest.class);
        assertThat(list.getOrderBy()).isEqualTo(CourseOrder.COURSE_ORDER_PRICE_DESCENDING);
        var filter = list.getFilter();
        assertThat(filter.getCategoryId()).isEqualTo(TestGateway.uuid("category"));
        assertThat(filter.getTagIdsList()).containsExactly(TestGateway.uuid("tag"));
        assertThat(filter.getPriceFromMinor()).isEqualTo(100);
        assertThat(filter.hasPriceToMinor()).isTrue();
        assertThat(filter.getPriceCurrencyCode()).isEqualTo("EUR");
        assertThat(filter.getRatingFrom()).isEqualTo(4.5);
        assertThat(filter.getFeaturedOnly()).isTrue();
        assertThat(filter.getLanguageCode()).isEqualTo("en");
    }

    @Test
    void anIdOfAnotherTypeInAFilterIsRefused() {
        var answer = GATEWAY.ask(
                "query($tag: ID!) { courses(first: 5, filter: {tagIds: [$tag]}) { nodes { title } } }",
                Map.of("tag", TestGateway.id("Course", "course")),
                null);

        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo("ID_INVALID");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void ownReviewsOfAListComeByOneCallAndVisitorsHaveNone() {
        GATEWAY.answer(
                BatchGetMyReviewsRequest.class,
                request -> BatchGetMyReviewsResponse.newBuilder()
                        .addReviews(Review.newBuilder()
                                .setId(TestGateway.uuid("review"))
                                .setCourseId(request.getCourseIds(0))
                                .setRating(5))
                        .build());
        var list = "{ courses(first: 50) { nodes { myReview { rating } } } }";

        var answer = GATEWAY.askSignedIn(list);

        assertThat(answer.at("/data/courses/nodes/0/myReview/rating").asInt()).isEqualTo(5);
        assertThat(answer.at("/data/courses/nodes/1/myReview").isNull()).isTrue();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(2);
        assertThat(GATEWAY.ask(list).at("/extensions/grpcCalls").asInt()).isEqualTo(1);
    }

    @Test
    void picturesOfAListOfPeopleComeByOneCallAsSmallAsTheyAreThere() {
        GATEWAY.answer(ListUsersRequest.class, request -> {
            var page = ListUsersResponse.newBuilder();
            IntStream.range(0, 100)
                    .forEach(number -> page.addItemTokens("token" + number)
                            .addUsers(User.newBuilder()
                                    .setId(TestGateway.uuid("user" + number))
                                    .setAvatarUrl(picture(number))));
            return page.build();
        });

        var answer = GATEWAY.askSignedIn("{ users(first: 100) { nodes { summary { avatarUrl } avatarSource } } }");

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var users = answer.at("/data/users/nodes");
        assertThat(users.at("/0/summary/avatarUrl").asText()).isEqualTo("https://cdn.example/a.png");
        assertThat(users.at("/1/summary/avatarUrl").isNull()).isTrue();
        assertThat(users.at("/2/summary/avatarUrl").isNull())
                .as("the file is gone")
                .isTrue();
        assertThat(users.at("/2/avatarSource").asText()).isEqualTo(picture(2));
        assertThat(users.at("/99/summary/avatarUrl").asText())
                .startsWith("https://files.example/" + TestGateway.uuid("picture99"));
        var asked = GATEWAY.request(BatchGetDownloadsRequest.class);
        assertThat(asked.getAssetIdsCount()).isEqualTo(98);
        assertThat(asked.getVariant()).isEqualTo("thumbnail");
        assertThat(asked.getOrFile()).isTrue();
    }

    private static String picture(int number) {
        return switch (number) {
            case 0 -> "https://cdn.example/a.png";
            case 1 -> "";
            case 2 -> "aula-asset:" + TestGateway.uuid("missing");
            default -> "aula-asset:" + TestGateway.uuid("picture" + number);
        };
    }

    @Test
    void filesAreListedWithoutAddressesUntilTheseAreAskedFor() {
        GATEWAY.answer(
                ListAssetsRequest.class,
                request -> ListAssetsResponse.newBuilder()
                        .addItemTokens("one")
                        .addItemTokens("two")
                        .addAssets(image("picture1"))
                        .addAssets(image("picture2"))
                        .build());
        GATEWAY.answer(
                GetQuotaRequest.class,
                request -> GetQuotaResponse.newBuilder()
                        .setQuota(Quota.newBuilder().setUsedBytes(5).setLimitBytes(10))
                        .build());

        var plain = GATEWAY.askSignedIn(
                "{ viewer { assets(first: 2, kind: IMAGE) { nodes { kind width pageCount variants { name width } } } quota { usedBytes limitBytes } } }");
        assertThat(plain.at("/extensions/grpcCalls").asInt()).isEqualTo(2);
        assertThat(plain.at("/data/viewer/assets/nodes/0/kind").asText()).isEqualTo("IMAGE");
        assertThat(plain.at("/data/viewer/assets/nodes/0/pageCount").isNull()).isTrue();
        assertThat(plain.at("/data/viewer/quota/usedBytes").asInt()).isEqualTo(5);
        var list = GATEWAY.request(ListAssetsRequest.class);
        assertThat(list.getUserId()).isEqualTo(TestGateway.uuid("me"));
        assertThat(list.getKind()).isEqualTo(AssetKind.ASSET_KIND_IMAGE);

        var addresses = GATEWAY.askSignedIn(
                "{ viewer { assets(first: 2) { nodes { url thumbnailUrl variants { name url } } } } }");
        assertThat(addresses.has("errors")).as(addresses.toString()).isFalse();
        assertThat(addresses.at("/extensions/grpcCalls").asInt())
                .as("the list, the files, the small ones, and each variant")
                .isEqualTo(5);
        assertThat(addresses.at("/data/viewer/assets/nodes/1/variants/1/url").asText())
                .contains(TestGateway.uuid("picture2"));
    }

    private static Asset image(String name) {
        return Asset.newBuilder()
                .setId(TestGateway.uuid(name))
                .setState(AssetState.ASSET_STATE_READY)
                .setKind(AssetKind.ASSET_KIND_IMAGE)
                .setWidth(2000)
                .addVariants(AssetVariant.newBuilder().setName("thumbnail").setWidth(320))
                .addVariants(AssetVariant.newBuilder().setName("medium").setWidth(960))
                .build();
    }

    @Test
    void onlyDocumentsWithTextAreAskedForIt() {
        GATEWAY.answer(
                ListAssetsRequest.class,
                request -> ListAssetsResponse.newBuilder()
                        .addItemTokens("one")
                        .addItemTokens("two")
                        .addAssets(image("picture"))
                        .addAssets(Asset.newBuilder()
                                .setId(TestGateway.uuid("paper"))
                                .setHasText(true))
                        .build());
        GATEWAY.answer(
                GetAssetTextRequest.class,
                request -> GetAssetTextResponse.newBuilder().setText("Words").build());

        var answer = GATEWAY.askSignedIn("{ viewer { assets(first: 2) { nodes { text { text truncated } } } } }");

        assertThat(answer.at("/data/viewer/assets/nodes/0/text").isNull()).isTrue();
        assertThat(answer.at("/data/viewer/assets/nodes/1/text/text").asText()).isEqualTo("Words");
        assertThat(GATEWAY.request(GetAssetTextRequest.class).getAssetId()).isEqualTo(TestGateway.uuid("paper"));
    }

    @Test
    void lessonsAreMovedAndChangedAsTheInputSays() {
        GATEWAY.ask(
                """
                mutation($course: ID!, $one: ID!, $two: ID!, $lesson: ID!) {
                  reorderLessons(input: {courseId: $course, sections: [
                      {sectionId: $two, lessonIds: [$lesson]}, {sectionId: $one, lessonIds: []}]}) {
                    lessons { id } userErrors { code } }
                  updateLesson(input: {lessonId: $lesson, type: LIVE_SESSION, liveTime: "2026-12-01T10:00:00Z",
                      releaseTime: null, etag: "3"}) { lesson { liveTime etag } userErrors { code } }
                }
                """,
                Map.of(
                        "course", TestGateway.id("Course", "course"),
                        "one", TestGateway.id("Section", "one"),
                        "two", TestGateway.id("Section", "two"),
                        "lesson", TestGateway.id("Lesson", "lesson")),
                TestGateway.token());

        var order = GATEWAY.request(ReorderLessonsRequest.class);
        assertThat(order.getSections(0).getSectionId()).isEqualTo(TestGateway.uuid("two"));
        assertThat(order.getSections(0).getLessonIdsList()).containsExactly(TestGateway.uuid("lesson"));
        assertThat(order.getSections(1).getLessonIdsList()).isEmpty();
        var change = GATEWAY.request(UpdateLessonRequest.class);
        assertThat(change.getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("type", "live_time", "release_time");
        assertThat(change.getLiveTime())
                .isEqualTo(Timestamp.newBuilder().setSeconds(1_796_119_200).build());
        assertThat(change.hasReleaseTime()).isFalse();
    }
}
