package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.aula.kernel.testing.Await;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A course from nothing to the archive, as the screens of everybody in it go, by GraphQL through Envoy.
@SuppressWarnings("NullAway.Init")
final class CatalogTest {

    /// What `run.sh` ends with where there is no Node.
    private static final int SKIPPED = 77;

    private static Edge edge;
    private static Screens admin;
    private static Screens author;
    private static Screens visitor;

    @BeforeAll
    static void open() throws Exception {
        edge = Edge.get();
        admin = new Screens(edge, edge.person("admin"));
        author = new Screens(edge, edge.person("instructor"));
        visitor = new Screens(edge, null);
    }

    private static Screens learner() {
        return new Screens(edge, edge.person());
    }

    private static String made(Screens who, String mutation, Map<String, ?> input, String object) throws Exception {
        return Screens.id(who.make(mutation, input, object, "id"));
    }

    private static String category(String name, String parentId) throws Exception {
        return made(
                admin,
                "createCategory",
                parentId.isEmpty() ? Map.of("name", name) : Map.of("name", name, "parentId", parentId),
                "category");
    }

    private static String course(String title) throws Exception {
        return made(author, "createCourse", Map.of("title", title), "course");
    }

    private static String lesson(String sectionId, String title) throws Exception {
        return made(author, "createLesson", Map.of("sectionId", sectionId, "title", title), "lesson");
    }

    private static String section(String courseId, String title) throws Exception {
        return made(author, "createSection", Map.of("courseId", courseId, "title", title), "section");
    }

    /// In the catalog, with one lesson.
    private static String published(String title) throws Exception {
        var id = course(title);
        lesson(section(id, "The section"), "The lesson");
        author.change("submitCourse", Map.of("courseId", id), "course { id }");
        admin.change("publishCourse", Map.of("courseId", id), "course { id }");
        return id;
    }

    private static List<String> texts(JsonArray objects, String field) {
        return StreamSupport.stream(objects.spliterator(), false)
                .map(object -> object.getAsJsonObject().get(field).getAsString())
                .toList();
    }

    @Test
    void clientsNameDocumentsByTheirHashesAndCachesMayKeepWhatVisitorsSee() throws Exception {
        for (var title : List.of("One", "Two", "Three")) {
            published(Screens.name(title));
        }

        var process = new ProcessBuilder(
                        "../clients/tests/run.sh",
                        "persisted-automatic.test.js",
                        edge.uri("/graphql").toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        var status = process.waitFor();
        assumeTrue(status != SKIPPED, output);
        assertThat(status).as(output).isZero();
    }

    @Test
    void anAuthorBuildsACourseOutOfSectionsAndLessonsAndMovesThem() throws Exception {
        var id = course(Screens.name("Built"));
        var first = section(id, "First");
        var second = section(id, "Second");
        var one = lesson(first, "One");
        var two = lesson(first, "Two");
        var three = lesson(first, "Three");

        author.change(
                "reorderSections", Map.of("courseId", id, "sectionIds", List.of(second, first)), "sections { id }");
        var order = List.of(
                Map.of("sectionId", first, "lessonIds", List.of(three, one)),
                Map.of("sectionId", second, "lessonIds", List.of(two)));
        author.change("reorderLessons", Map.of("courseId", id, "sections", order), "lessons { id }");
        author.change(
                "setLessonPrerequisites",
                Map.of("lessonId", one, "prerequisiteLessonIds", List.of(two)),
                "lesson { prerequisiteLessonIds }");
        author.change(
                "updateLesson",
                Map.of("lessonId", two, "type", "LIVE_SESSION", "liveTime", "2027-01-01T10:00:00Z", "preview", true),
                "lesson { liveTime }");

        var read = author.read(
                "{ course(id: \"%s\") { sections { title lessons { title liveTime prerequisiteLessonIds } } } }"
                        .formatted(id));
        var sections = read.getAsJsonObject("course").getAsJsonArray("sections");
        assertThat(texts(sections, "title")).containsExactly("Second", "First");
        var moved = sections.get(0)
                .getAsJsonObject()
                .getAsJsonArray("lessons")
                .get(0)
                .getAsJsonObject();
        assertThat(moved.get("title").getAsString()).isEqualTo("Two");
        assertThat(moved.get("liveTime").getAsString()).isEqualTo("2027-01-01T10:00:00Z");
        var rest = sections.get(1).getAsJsonObject().getAsJsonArray("lessons");
        assertThat(texts(rest, "title")).containsExactly("Three", "One");
        assertThat(rest.get(1).getAsJsonObject().getAsJsonArray("prerequisiteLessonIds"))
                .hasSize(1);
        assertThat(author.fixed("reorderLessons", Map.of("courseId", id, "sections", order.subList(0, 1))))
                .isEqualTo("ORDER_INCOMPLETE input.sections");
        assertThat(author.fixed(
                        "setLessonPrerequisites", Map.of("lessonId", two, "prerequisiteLessonIds", List.of(one))))
                .isEqualTo("PREREQUISITE_CYCLE input.prerequisiteLessonIds");
        assertThat(learner().fixed("deleteSection", Map.of("sectionId", first)))
                .as("a draft is not there for others")
                .isEqualTo("SECTION_NOT_FOUND input.sectionId");
        author.change("deleteSection", Map.of("sectionId", second), "__typename");
    }

    @Test
    void filesOfACourseGetPicturesAndText() throws Exception {
        var id = course(Screens.name("Illustrated"));
        var picture = Uploads.ready(author, "image/png", Uploads.png(800, 600), "PUBLIC");
        var paper = Uploads.ready(author, "application/pdf", Uploads.pdf("Graphs and trees"), "PRIVATE");
        author.change(
                "updateCourse",
                Map.of("courseId", id, "thumbnailAssetId", Screens.id(picture), "maxStudents", 30),
                "course { maxStudents }");
        var question = "{ node(id: \"%s\") { ... on Asset { processing pageCount text { text } "
                + "variants { name width url } thumbnailUrl } } }";

        Await.until(
                "both are worked on",
                () -> List.of(picture, paper).stream()
                        .allMatch(asset -> isWorked(question.formatted(Screens.id(asset)))));

        var read = author.read(question.formatted(Screens.id(paper))).getAsJsonObject("node");
        assertThat(read.get("pageCount").getAsInt()).isEqualTo(1);
        assertThat(read.getAsJsonObject("text").get("text").getAsString()).contains("Graphs and trees");
        var seen = author.read(question.formatted(Screens.id(picture))).getAsJsonObject("node");
        assertThat(Uploads.load(seen.get("thumbnailUrl").getAsString()).statusCode())
                .isEqualTo(200);
        assertThat(texts(seen.getAsJsonArray("variants"), "name")).contains("thumbnail");
        var shown = author.read(
                "{ course(id: \"%s\") { thumbnail { url } } viewer { quota { usedBytes assetCount } } }".formatted(id));
        assertThat(shown.getAsJsonObject("viewer")
                        .getAsJsonObject("quota")
                        .get("assetCount")
                        .getAsInt())
                .isGreaterThanOrEqualTo(2);
        assertThat(learner().fixed("deleteAsset", Map.of("assetId", "wrong"))).isEqualTo("ID_INVALID input.assetId");
        assertThat(learner().refused("deleteAsset", Map.of("assetId", Screens.id(paper))))
                .isEqualTo("NOT_OWNER");
        author.change("deleteAsset", Map.of("assetId", Screens.id(paper)), "__typename");
        assertThat(author.read("{ node(id: \"%s\") { id } }".formatted(Screens.id(paper)))
                        .get("node")
                        .isJsonNull())
                .isTrue();
    }

    private static boolean isWorked(String question) {
        try {
            var asset = author.read(question.replace("text { text }", "")).getAsJsonObject("node");
            return asset.get("processing").getAsString().equals("COMPLETED");
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void aVisitorFindsWhatWasPublishedByFiltersAndFacets() throws Exception {
        var top = category(Screens.name("Science"), "");
        var below = category(Screens.name("Graphs"), top);
        var tag = made(admin, "createTag", Map.of("name", Screens.name("t").substring(0, 30)), "tag");
        var id = course(Screens.name("Found"));
        assertThat(author.fixed("submitCourse", Map.of("courseId", id))).isEqualTo("COURSE_EMPTY input.courseId");
        lesson(section(id, "The section"), "The lesson");
        author.change(
                "updateCourse",
                Map.of("courseId", id, "categoryId", below, "price", Map.of("amountMinor", 900, "currencyCode", "EUR")),
                "course { id }");
        author.change("setCourseTags", Map.of("courseId", id, "tagIds", List.of(tag)), "course { tags { name } }");
        var question = """
                { courses(first: 10, orderBy: PRICE, filter: {categoryId: "%s", tagIds: ["%s"], priceToMinor: 900,
                    priceCurrencyCode: "EUR"}) {
                    nodes { title category { path { id } } tags { courseCount } instructor { displayName } }
                    facets { total free categories { category { id } count } tags { tag { id } count } levels { level count } }
                } }
                """.formatted(top, tag);
        assertThat(page(question).getAsJsonArray("nodes")).as("a draft").isEmpty();

        author.change("submitCourse", Map.of("courseId", id), "course { id }");
        assertThat(author.refused("publishCourse", Map.of("courseId", id))).isEqualTo("PERMISSION_MISSING");
        admin.change("publishCourse", Map.of("courseId", id), "course { publishTime }");

        Await.until(
                "the catalog shows it",
                () -> !page(question).getAsJsonArray("nodes").isEmpty());
        var found = page(question);
        var course = found.getAsJsonArray("nodes").get(0).getAsJsonObject();
        assertThat(texts(course.getAsJsonObject("category").getAsJsonArray("path"), "id"))
                .containsExactly(top, below);
        assertThat(course.getAsJsonArray("tags")
                        .get(0)
                        .getAsJsonObject()
                        .get("courseCount")
                        .getAsInt())
                .isEqualTo(1);
        var facets = found.getAsJsonObject("facets");
        assertThat(facets.get("total").getAsInt()).isEqualTo(1);
        assertThat(facets.get("free").getAsInt()).isZero();
        assertThat(facets.getAsJsonArray("categories")).hasSize(2);
        assertThat(texts(facets.getAsJsonArray("levels"), "level")).containsExactly("BEGINNER");
        assertThat(admin.fixed("deleteCategory", Map.of("categoryId", below)))
                .isEqualTo("CATEGORY_IN_USE input.categoryId");
        assertThat(admin.fixed("updateCategory", Map.of("categoryId", top, "parentId", below)))
                .isEqualTo("CATEGORY_CYCLE input.parentId");
        assertThat(author.refused("createCategory", Map.of("name", "Mine"))).isEqualTo("PERMISSION_MISSING");
    }

    private static JsonObject page(String question) throws Exception {
        return visitor.read(question).getAsJsonObject("courses");
    }

    @Test
    void aLearnerReviewsOthersVoteAndAModeratorHides() throws Exception {
        var id = published(Screens.name("Reviewed"));
        var learner = learner();
        var review = Map.of("courseId", id, "rating", 2, "title", "Hm", "text", "Too short");
        assertThat(learner.refused("createReview", review)).isEqualTo("ENROLLMENT_REQUIRED");
        learner.change("enroll", Map.of("courseId", id), "enrollment { id }");

        var written = learner.make("createReview", review, "review", "id verified author { displayName }");
        assertThat(written.get("verified").getAsBoolean()).isTrue();
        assertThat(written.getAsJsonObject("author").get("displayName").getAsString())
                .isEqualTo("Test Person");
        assertThat(learner.fixed("createReview", review)).isEqualTo("REVIEW_EXISTS input.courseId");
        var vote = Map.of("reviewId", Screens.id(written), "helpful", true);
        assertThat(learner.fixed("voteReview", vote)).isEqualTo("REVIEW_OWN input.reviewId");
        var voted = learner().make("voteReview", vote, "review", "helpfulCount helpfulToMe");
        assertThat(voted.get("helpfulCount").getAsInt()).isEqualTo(1);
        assertThat(voted.get("helpfulToMe").getAsBoolean()).isTrue();
        learner.change("updateReview", Map.of("reviewId", Screens.id(written), "rating", 4), "review { rating }");
        var question =
                "{ course(id: \"%s\") { averageRating reviewCount reviews(first: 5) { nodes { title } } myReview { rating } } }"
                        .formatted(id);
        Await.until("everybody sees it", () -> reviews(visitor, question).size() == 1);
        assertThat(learner.read(question)
                        .getAsJsonObject("course")
                        .get("averageRating")
                        .getAsDouble())
                .isEqualTo(4);

        var hidden = Map.of("reviewId", Screens.id(written), "visible", false, "reason", "rude");
        assertThat(author.refused("moderateReview", hidden)).isEqualTo("PERMISSION_MISSING");
        admin.change("moderateReview", hidden, "review { visible }");

        Await.until("nobody sees it", () -> reviews(visitor, question).isEmpty());
        var own = learner.read(question).getAsJsonObject("course");
        assertThat(own.getAsJsonObject("myReview").get("rating").getAsInt()).isEqualTo(4);
        assertThat(own.get("averageRating").isJsonNull()).isTrue();
    }

    private static JsonArray reviews(Screens who, String question) throws Exception {
        return who.read(question)
                .getAsJsonObject("course")
                .getAsJsonObject("reviews")
                .getAsJsonArray("nodes");
    }

    @Test
    void whatIsArchivedLeavesTheCatalogAndStaysForItsLearners() throws Exception {
        var id = published(Screens.name("Archived"));
        var learner = learner();
        learner.change("enroll", Map.of("courseId", id), "enrollment { id }");
        assertThat(learner.refused("archiveCourse", Map.of("courseId", id))).isEqualTo("NOT_OWNER");

        author.change("archiveCourse", Map.of("courseId", id), "course { status }");

        var question = "{ course(id: \"%s\") { title } }".formatted(id);
        Await.until("it is gone", () -> visitor.read(question).get("course").isJsonNull());
        assertThat(learner.read(question).get("course").isJsonNull()).isFalse();
        assertThat(author.fixed("submitCourse", Map.of("courseId", id)))
                .isEqualTo("COURSE_STATUS_FORBIDS input.courseId");
        author.change("reviseCourse", Map.of("courseId", id), "course { status }");
        assertThat(author.fixed("deleteCourse", Map.of("courseId", id))).isEqualTo("COURSE_IN_USE input.courseId");
    }

    @Test
    void anAvatarIsAPictureThatItsPersonUploaded() throws Exception {
        var learner = learner();
        assertThat(learner.refused(
                        "createUpload", Uploads.announcement("application/pdf", Uploads.pdf("No"), "PUBLIC")))
                .isEqualTo("PERMISSION_MISSING");
        var pending = Uploads.put(learner, "image/png", Uploads.png(640, 640), "PUBLIC");
        var reference = "aula-asset:" + pending.get("uuid").getAsString();
        assertThat(learner.fixed("updateUser", Map.of("avatarUrl", reference)))
                .isEqualTo("ASSET_NOT_READY input.avatarUrl");
        learner.change("completeUpload", Map.of("assetId", Screens.id(pending)), "asset { kind }");

        var user = learner.make(
                "updateUser", Map.of("avatarUrl", reference), "user", "summary { avatarUrl } avatarSource");

        assertThat(user.get("avatarSource").getAsString()).isEqualTo(reference);
        assertThat(Uploads.load(user.getAsJsonObject("summary").get("avatarUrl").getAsString())
                        .statusCode())
                .isEqualTo(200);
        learner.change("updateProfile", Map.of("coverImageUrl", reference), "profile { coverImageUrl }");
        assertThat(learner().fixed("updateUser", Map.of("avatarUrl", reference)))
                .as("somebody else's picture")
                .isEqualTo("ASSET_NOT_FOUND input.avatarUrl");
        assertThat(learner().fixed("updateProfile", Map.of("coverImageUrl", reference)))
                .isEqualTo("ASSET_NOT_FOUND input.coverImageUrl");
        var summary = org.aula.bff.engine.GlobalId.of(
                "UserSummary",
                java.util.Objects.requireNonNull(learner.person()).id().toString());
        var seen = visitor.read("{ node(id: \"%s\") { ... on UserSummary { avatarUrl } } }".formatted(summary));
        var address = seen.getAsJsonObject("node").get("avatarUrl").getAsString();
        assertThat(Uploads.load(address).headers().firstValue("Content-Type").orElse(""))
                .startsWith("image/");
    }
}
