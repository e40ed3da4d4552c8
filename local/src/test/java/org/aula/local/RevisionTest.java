package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aula.kernel.testing.Await;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What authors do with lessons that learners are reading, and courses that are taken along, by GraphQL
/// through Envoy.
@SuppressWarnings("NullAway.Init")
final class RevisionTest {

    private static final String BLOCKS = """
            pages { key title blocks { __typename
              ... on HtmlBlock { source }
              ... on ResourceBlock { title url assetId }
              ... on ExerciseBlock { exerciseKind: kind prompt solution }
              ... on InteractiveBlock { kind title json } } }""";

    private static Edge edge;
    private static Screens admin;
    private static Screens author;

    @BeforeAll
    static void open() throws Exception {
        edge = Edge.get();
        admin = new Screens(edge, edge.person("admin"));
        author = new Screens(edge, edge.person("instructor"));
    }

    private static String made(String mutation, Map<String, ?> input, String object) throws Exception {
        return Screens.id(author.make(mutation, input, object, "id"));
    }

    /// A draft of one lesson, whose id comes second.
    private static List<String> draft(String title, List<?> blocks) throws Exception {
        var course = made("createCourse", Map.of("title", title), "course");
        var section = made("createSection", Map.of("courseId", course, "title", "The section"), "section");
        var lesson = made("createLesson", Map.of("sectionId", section, "title", "The lesson"), "lesson");
        write(lesson, blocks);
        return List.of(course, lesson);
    }

    private static int write(String lessonId, List<?> blocks) throws Exception {
        var page = Map.of("key", "page", "title", "The page", "blocks", blocks);
        return author.make(
                        "updateLessonContent",
                        Map.of("lessonId", lessonId, "pages", List.of(page)),
                        "content",
                        "revision")
                .get("revision")
                .getAsInt();
    }

    private static Map<String, ?> html(String text) {
        return Map.of("html", Map.of("html", "<p>" + text + "</p>"));
    }

    private static List<?> everyNewBlock() {
        return List.of(
                html("Read"),
                Map.of("resource", Map.of("title", "Site", "url", "https://site.example/paper")),
                Map.of("exercise", Map.of("kind", "CODE", "prompt", "<p>Try</p>", "solution", "<p>So</p>")),
                Map.of("interactive", Map.of("kind", "graph", "title", "Graph", "json", "{\"nodes\":3}")));
    }

    private static JsonObject lesson(Screens who, String id, String fields) throws Exception {
        return who.read("{ node(id: \"%s\") { ... on Lesson { %s } } }".formatted(id, fields))
                .getAsJsonObject("node");
    }

    private static JsonArray blocks(JsonObject lesson) {
        return lesson.getAsJsonObject("content")
                .getAsJsonArray("pages")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("blocks");
    }

    private static String seen(Screens who, String lessonId, String arguments) throws Exception {
        return blocks(lesson(who, lessonId, "content" + arguments + " { " + BLOCKS + " }"))
                .get(0)
                .getAsJsonObject()
                .get("source")
                .getAsString();
    }

    @Test
    void learnersSeeTheOldUntilTheNewIsPublishedAndItCanBeTakenBack() throws Exception {
        var made = draft(Screens.name("Revised"), List.of(html("old")));
        var lessonId = made.get(1);
        author.change("submitCourse", Map.of("courseId", made.getFirst()), "course { id }");
        admin.change("publishCourse", Map.of("courseId", made.getFirst()), "course { id }");
        var learner = new Screens(edge, edge.person());
        learner.change("enroll", Map.of("courseId", made.getFirst()), "enrollment { id }");

        var second = write(lessonId, List.of(html("new")));

        assertThat(seen(learner, lessonId, "")).isEqualTo("<p>old</p>");
        assertThat(seen(author, lessonId, "")).isEqualTo("<p>new</p>");
        assertThat(seen(author, lessonId, "(published: true)")).isEqualTo("<p>old</p>");
        var compared = lesson(
                        author,
                        lessonId,
                        "comparison(from: 1, to: %d) { differences { kind textDifference before { ... on HtmlBlock { source } } } }"
                                .formatted(second))
                .getAsJsonObject("comparison")
                .getAsJsonArray("differences");
        assertThat(compared).hasSize(1);
        var difference = compared.get(0).getAsJsonObject();
        assertThat(difference.get("kind").getAsString()).isEqualTo("CHANGED");
        assertThat(difference.getAsJsonObject("before").get("source").getAsString())
                .isEqualTo("<p>old</p>");
        assertThat(difference.get("textDifference").getAsString()).contains("-", "old", "+", "new");

        assertThat(learner.refused("publishLessonContent", Map.of("lessonId", lessonId, "revision", second)))
                .isEqualTo("NOT_OWNER");
        assertThat(author.fixed("publishLessonContent", Map.of("lessonId", lessonId, "revision", 99)))
                .isEqualTo("REVISION_NOT_FOUND input.revision");
        author.change("publishLessonContent", Map.of("lessonId", lessonId, "revision", second), "revision { number }");
        assertThat(seen(learner, lessonId, "")).isEqualTo("<p>new</p>");

        var third = author.make(
                "rollBackLessonContent",
                Map.of("lessonId", lessonId, "revision", 1),
                "revision",
                "number published content { " + BLOCKS + " }");
        assertThat(third.get("number").getAsInt()).isEqualTo(second + 1);
        assertThat(third.get("published").getAsBoolean()).isFalse();
        assertThat(blocks(third).get(0).getAsJsonObject().get("source").getAsString())
                .isEqualTo("<p>old</p>");
        assertThat(seen(learner, lessonId, "")).isEqualTo("<p>new</p>");
        author.change(
                "publishLessonContent",
                Map.of("lessonId", lessonId, "revision", second + 1),
                "revision { published publishTime }");
        assertThat(seen(learner, lessonId, "")).isEqualTo("<p>old</p>");
        var listed = lesson(
                        author, lessonId, "revisions(first: 2) { nodes { number published } pageInfo { hasNextPage } }")
                .getAsJsonObject("revisions");
        var numbers = new ArrayList<Integer>();
        listed.getAsJsonArray("nodes")
                .forEach(
                        node -> numbers.add(node.getAsJsonObject().get("number").getAsInt()));
        assertThat(numbers).containsExactly(second + 1, second);
        assertThat(listed.getAsJsonObject("pageInfo").get("hasNextPage").getAsBoolean())
                .isTrue();
    }

    @Test
    void learnersAskForSolutions() throws Exception {
        var made = draft(Screens.name("Exercised"), everyNewBlock());
        author.change("submitCourse", Map.of("courseId", made.getFirst()), "course { id }");
        admin.change("publishCourse", Map.of("courseId", made.getFirst()), "course { id }");
        var learner = new Screens(edge, edge.person());
        learner.change("enroll", Map.of("courseId", made.getFirst()), "enrollment { id }");
        var question = "content%s { pages { blocks { ... on ExerciseBlock { solution hasSolution } } } }";

        var hidden = blocks(lesson(learner, made.get(1), question.formatted("")))
                .get(2)
                .getAsJsonObject();
        var shown = blocks(lesson(learner, made.get(1), question.formatted("(revealSolutions: true)")))
                .get(2)
                .getAsJsonObject();

        assertThat(hidden.get("solution").isJsonNull()).isTrue();
        assertThat(hidden.get("hasSolution").getAsBoolean()).isTrue();
        assertThat(shown.get("solution").getAsString()).isEqualTo("<p>So</p>");
    }

    @Test
    void anExportedCourseIsImportedAsAnEqualOne() throws Exception {
        var title = Screens.name("Taken along");
        var made = draft(title, everyNewBlock());
        assertThat(new Screens(edge, edge.person()).fixed("exportCourse", Map.of("courseId", made.getFirst())))
                .as("a draft is not there for others")
                .isEqualTo("COURSE_NOT_FOUND input.courseId");

        var exported = done(author.make("exportCourse", Map.of("courseId", made.getFirst()), "operation", "id"));
        var archive = exported.getAsJsonObject("archive");
        assertThat(exported.get("course").isJsonNull()).isTrue();
        var bytes = Uploads.load(archive.get("url").getAsString()).body();
        assertThat(bytes).startsWith(0x1f, 0x8b);
        var again = Uploads.ready(author, "application/gzip", bytes, "PRIVATE");
        var imported = done(author.make("importCourse", Map.of("assetId", Screens.id(again)), "operation", "id"));

        var course = imported.getAsJsonObject("course");
        assertThat(course.get("title").getAsString()).isEqualTo(title);
        assertThat(Screens.id(course)).isNotEqualTo(made.getFirst());
        var copy = course.getAsJsonArray("sections")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("lessons")
                .get(0)
                .getAsJsonObject();
        var question = "title content { " + BLOCKS + " }";
        var original = lesson(author, made.get(1), question);
        assertThat(lesson(author, Screens.id(copy), question)).isEqualTo(original);
        assertThat(blocks(original)).hasSize(4);
    }

    /// An operation that has ended well.
    private static JsonObject done(JsonObject operation) throws Exception {
        var question = """
                { operation(id: "%s") { state failure issueCount archive { url }
                    course { id title sections { lessons { id } } } } }
                """.formatted(Screens.id(operation));
        Await.until("it has ended", () -> {
            var state = author.read(question)
                    .getAsJsonObject("operation")
                    .get("state")
                    .getAsString();
            return !List.of("PENDING", "RUNNING").contains(state);
        });
        var ended = author.read(question).getAsJsonObject("operation");
        assertThat(ended.get("state").getAsString()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.get("issueCount").getAsInt()).isZero();
        return ended;
    }
}
