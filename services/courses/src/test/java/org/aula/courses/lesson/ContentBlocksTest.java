package org.aula.courses.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.courses.lesson.Drafts.aPage;
import static org.aula.courses.lesson.Drafts.html;

import io.grpc.Status.Code;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.ExerciseBlock;
import org.aula.api.courses.v1.ExerciseKind;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.InteractiveBlock;
import org.aula.api.courses.v1.ResourceBlock;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Resources, exercises and interactive pieces, and how large a content may be.
class ContentBlocksTest {

    private static final String ASSET = "018f2f6e-7c1d-7000-8000-000000000001";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();
    private final Drafts drafts = new Drafts(campus, author);

    @Test
    void keepsResourcesAndInteractivePieces() {
        var lesson = drafts.ofADraft();
        var page = aPage(
                "page",
                resource(ResourceBlock.newBuilder().setTitle("Paper").setUrl("http://example.org/paper.pdf")),
                resource(ResourceBlock.newBuilder().setTitle("Table").setAssetId(ASSET)),
                interactive("simulation.pendulum", "{\"length\": 2, \"unit\": \"m\", \"steps\": [1, {}]}"));
        drafts.write(lesson, "", page);
        assertThat(drafts.read(author, lesson).getPages(0)).isEqualTo(page);
    }

    @Test
    void keepsWhatIsSafeOfAnExercise() {
        var lesson = drafts.ofADraft();
        drafts.write(
                lesson,
                "",
                aPage(
                        "page",
                        exercise(
                                "<p onclick=\"x()\">Sort<script>x()</script></p>",
                                "<p>Use <b>sort</b></p>" + "<iframe src=\"https://example.org\"></iframe>")));
        var exercise = drafts.read(author, lesson).getPages(0).getBlocks(0).getExercise();
        assertThat(exercise.getPrompt()).isEqualTo("<p>Sort</p>");
        assertThat(exercise.getSolution()).isEqualTo("<p>Use <b>sort</b></p>");
        assertThat(exercise.getKind()).isEqualTo(ExerciseKind.EXERCISE_KIND_CODE);
        assertThat(exercise.getHasSolution()).isTrue();
    }

    @Test
    void learnersGetASolutionOnlyWhenTheyAskForIt() {
        var lesson = drafts.ofAPublished("<p>One</p>");
        campus.publishContent(
                author, drafts.write(lesson, "1", aPage("page", exercise("<p>Sort</p>", "<p>Like this</p>"))));
        var learner = campus.learner();
        campus.enroll(learner, lesson.getCourseId());

        var posed = drafts.read(learner, lesson).getPages(0).getBlocks(0).getExercise();
        assertThat(posed.getSolution()).isEmpty();
        assertThat(posed.getHasSolution()).isTrue();
        var revealing = GetLessonContentRequest.newBuilder().setRevealSolutions(true);
        assertThat(solution(learner, lesson.getId(), revealing)).isEqualTo("<p>Like this</p>");
        for (var viewer : new TestUser[] {author, campus.administrator()}) {
            assertThat(solution(viewer, lesson.getId(), GetLessonContentRequest.newBuilder()))
                    .isEqualTo("<p>Like this</p>");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "12", "{\"a\": }", "{\"a\": 1} {}", "{a: 1}", "{'a': 1}", "{\"a\": 1,}", "{\"a\": NaN}"})
    void refusesSettingsThatAreNotOneJsonObject(String json) throws Exception {
        var lesson = drafts.ofADraft();
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_JSON_INVALID,
                () -> drafts.write(lesson, "", aPage("page", html("<p>One</p>"), interactive("map", json))));
        assertThat(refusal.fields()).containsExactly("pages[0].blocks[1].interactive.json");
    }

    @Test
    void readsSettingsThatNestDeepWithoutFalling() {
        var lesson = drafts.ofADraft();
        var deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
        assertThat(drafts.write(lesson, "", aPage("page", interactive("map", deep)))
                        .getPagesCount())
                .isEqualTo(1);
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                Arguments.of(resource(ResourceBlock.newBuilder().setUrl("https://example.org/")), "resource.title"),
                Arguments.of(
                        resource(ResourceBlock.newBuilder()
                                .setTitle("t".repeat(256))
                                .setAssetId(ASSET)),
                        "resource.title"),
                Arguments.of(resource(ResourceBlock.newBuilder().setTitle("t")), "resource.source"),
                Arguments.of(resource(ResourceBlock.newBuilder().setTitle("t").setAssetId("x")), "resource.asset_id"),
                Arguments.of(
                        resource(ResourceBlock.newBuilder().setTitle("t").setUrl("javascript:alert(1)")),
                        "resource.url"),
                Arguments.of(
                        resource(ResourceBlock.newBuilder()
                                .setTitle("t")
                                .setUrl("https://example.org/" + "x".repeat(2_000))),
                        "resource.url"),
                Arguments.of(exercise("", ""), "exercise.prompt"),
                Arguments.of(exercise("p".repeat(65_537), ""), "exercise.prompt"),
                Arguments.of(exercise("p", "s".repeat(65_537)), "exercise.solution"),
                Arguments.of(
                        ContentBlock.newBuilder()
                                .setExercise(ExerciseBlock.newBuilder()
                                        .setPrompt("p")
                                        .setKindValue(99))
                                .build(),
                        "exercise.kind"),
                Arguments.of(interactive("No Name", "{}"), "interactive.kind"),
                Arguments.of(interactive("k".repeat(65), "{}"), "interactive.kind"),
                Arguments.of(interactive("map", ""), "interactive.json"),
                Arguments.of(interactive("map", "{\"a\":\"" + "x".repeat(65_536) + "\"}"), "interactive.json"),
                Arguments.of(
                        ContentBlock.newBuilder()
                                .setInteractive(InteractiveBlock.newBuilder()
                                        .setKind("map")
                                        .setTitle("t".repeat(256))
                                        .setJson("{}"))
                                .build(),
                        "interactive.title"));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void namesTheFieldThatIsOutOfBounds(ContentBlock block, String field) throws Exception {
        var lesson = drafts.ofADraft();
        var refusal = Refusal.of(() -> drafts.write(lesson, "", aPage("page", block)));
        assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refusal.fields()).containsExactly("pages[0].blocks[0]." + field);
    }

    @Test
    void refusesMoreThanALessonMayHaveAndNamesTheBound() throws Exception {
        var lesson = drafts.ofADraft();
        var half = html("<p>" + "x".repeat(500_000) + "</p>");
        var blocks = IntStream.range(0, 5).mapToObj(ignored -> half).toArray(ContentBlock[]::new);
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_CONTENT_TOO_LARGE,
                () -> drafts.write(lesson, "", aPage("page", blocks)));
        assertThat(refusal.fields()).containsExactly("pages");
        assertThat(refusal.metadata()).containsEntry("limit_bytes", "2097152");
        assertThat(drafts.write(lesson, "", aPage("page", half, half, half, half))
                        .getRevision())
                .isEqualTo(1);
    }

    private String solution(TestUser reader, String lessonId, GetLessonContentRequest.Builder request) {
        return campus.lessons(reader)
                .getLessonContent(request.setLessonId(lessonId).build())
                .getContent()
                .getPages(0)
                .getBlocks(0)
                .getExercise()
                .getSolution();
    }

    private static ContentBlock resource(ResourceBlock.Builder resource) {
        return ContentBlock.newBuilder().setResource(resource).build();
    }

    private static ContentBlock exercise(String prompt, String solution) {
        return ContentBlock.newBuilder()
                .setExercise(ExerciseBlock.newBuilder()
                        .setKind(ExerciseKind.EXERCISE_KIND_CODE)
                        .setPrompt(prompt)
                        .setSolution(solution))
                .build();
    }

    private static ContentBlock interactive(String kind, String json) {
        return ContentBlock.newBuilder()
                .setInteractive(InteractiveBlock.newBuilder()
                        .setKind(kind)
                        .setTitle("Try")
                        .setJson(json))
                .build();
    }
}
