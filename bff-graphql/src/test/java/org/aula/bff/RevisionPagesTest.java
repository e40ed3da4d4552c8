package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import java.util.Map;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.BlockDifference;
import org.aula.api.courses.v1.CompareLessonRevisionsRequest;
import org.aula.api.courses.v1.CompareLessonRevisionsResponse;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.DifferenceKind;
import org.aula.api.courses.v1.ExerciseBlock;
import org.aula.api.courses.v1.ExerciseKind;
import org.aula.api.courses.v1.ExportCourseRequest;
import org.aula.api.courses.v1.ExportCourseResponse;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.GetLessonRevisionResponse;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.LessonRevision;
import org.aula.api.courses.v1.ListLessonRevisionsRequest;
import org.aula.api.courses.v1.ListLessonRevisionsResponse;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.operations.v1.Operation;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pages on which authors write lessons, look at what these were, and take courses along.
@Tag("fast")
class RevisionPagesTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String LESSON = TestGateway.id("Lesson", "lesson");

    @BeforeEach
    void forget() {
        GATEWAY.answer(
                GetLessonRevisionRequest.class,
                request -> GetLessonRevisionResponse.newBuilder()
                        .setRevision(revision(request.getLessonId(), request.getRevision()))
                        .setContent(LessonContent.newBuilder()
                                .setRevision(request.getRevision())
                                .addPages(LessonPage.newBuilder().setId("page").addBlocks(exercise("Do it"))))
                        .build());
    }

    private static LessonRevision revision(String lessonId, int number) {
        return LessonRevision.newBuilder()
                .setLessonId(lessonId)
                .setRevision(number)
                .setPublished(number == 1)
                .setAuthorId(number == 1 ? "" : TestGateway.uuid("author" + number))
                .setCreateTime(Timestamp.newBuilder().setSeconds(1_767_225_600))
                .build();
    }

    private static ContentBlock exercise(String prompt) {
        return ContentBlock.newBuilder()
                .setExercise(ExerciseBlock.newBuilder()
                        .setPrompt(prompt)
                        .setKind(ExerciseKind.EXERCISE_KIND_CODE)
                        .setHasSolution(true))
                .build();
    }

    @Test
    void aHundredRevisionsAndTheirAuthorsTakeAsManyCallsAsTen() {
        GATEWAY.answer(ListLessonRevisionsRequest.class, request -> {
            var page = ListLessonRevisionsResponse.newBuilder().setNextPageToken("more");
            IntStream.iterate(request.getPageSize(), number -> number > 0, number -> number - 1)
                    .forEach(number -> page.addRevisions(revision(request.getLessonId(), number))
                            .addItemTokens("token" + number));
            return page.build();
        });
        var list = """
                { node(id: "%s") { ... on Lesson { revisions(first: %d, after: "before") {
                    nodes { number published author { displayName } createTime publishTime } pageInfo { hasNextPage } } } } }
                """;

        var ten = GATEWAY.askSignedIn(list.formatted(LESSON, 10));
        GATEWAY.requests().clear();
        var hundred = GATEWAY.askSignedIn(list.formatted(LESSON, 100));

        assertThat(ten.has("errors")).as(ten.toString()).isFalse();
        assertThat(ten.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        assertThat(hundred.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        var nodes = hundred.at("/data/node/revisions/nodes");
        assertThat(nodes).hasSize(100);
        assertThat(nodes.at("/0/number").asInt()).isEqualTo(100);
        assertThat(nodes.at("/0/author/displayName").asText()).isEqualTo("Ada Lovelace");
        assertThat(nodes.at("/0/publishTime").isNull()).isTrue();
        assertThat(nodes.at("/99/published").asBoolean()).isTrue();
        assertThat(nodes.at("/99/author").isNull()).as("nobody was noted").isTrue();
        assertThat(hundred.at("/data/node/revisions/pageInfo/hasNextPage").asBoolean())
                .isTrue();
        var asked = GATEWAY.request(ListLessonRevisionsRequest.class);
        assertThat(asked.getLessonId()).isEqualTo(TestGateway.uuid("lesson"));
        assertThat(asked.getPageToken()).isEqualTo("before");
    }

    @Test
    void aRevisionComesWithItsPagesByOneCall() {
        var answer = GATEWAY.askSignedIn("""
                { node(id: "%s") { ... on Lesson { revision(number: 3) { number content { revision publishedRevision
                    pages { blocks { ... on ExerciseBlock { prompt kind hasSolution } } } } } } } }
                """.formatted(LESSON));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(2);
        var revision = answer.at("/data/node/revision");
        assertThat(revision.path("number").asInt()).isEqualTo(3);
        assertThat(revision.at("/content/revision").asInt()).isEqualTo(3);
        assertThat(revision.at("/content/publishedRevision").isNull()).isTrue();
        assertThat(revision.at("/content/pages/0/blocks/0/kind").asText()).isEqualTo("CODE");
    }

    @Test
    void aComparisonShowsBlocksBeforeAndAfter() {
        GATEWAY.answer(
                CompareLessonRevisionsRequest.class,
                request -> CompareLessonRevisionsResponse.newBuilder()
                        .setShortened(true)
                        .addDifferences(BlockDifference.newBuilder()
                                .setPageId("page")
                                .setBlockIndex(2)
                                .setKind(DifferenceKind.DIFFERENCE_KIND_CHANGED)
                                .setBefore(exercise("Old"))
                                .setAfter(exercise("New"))
                                .setTextDifference("-Old"))
                        .addDifferences(BlockDifference.newBuilder()
                                .setPageId("gone")
                                .setKind(DifferenceKind.DIFFERENCE_KIND_REMOVED))
                        .build());

        var answer = GATEWAY.askSignedIn("""
                { node(id: "%s") { ... on Lesson { comparison(from: 1, to: 4) { shortened differences {
                    pageKey blockIndex kind textDifference
                    before { ... on ExerciseBlock { prompt } } after { ... on ExerciseBlock { prompt } } } } } } }
                """.formatted(LESSON));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var comparison = answer.at("/data/node/comparison");
        assertThat(comparison.path("shortened").asBoolean()).isTrue();
        assertThat(comparison.at("/differences/0/blockIndex").asInt()).isEqualTo(2);
        assertThat(comparison.at("/differences/0/kind").asText()).isEqualTo("CHANGED");
        assertThat(comparison.at("/differences/0/before/prompt").asText()).isEqualTo("Old");
        assertThat(comparison.at("/differences/0/after/prompt").asText()).isEqualTo("New");
        assertThat(comparison.at("/differences/1/before").isNull()).isTrue();
        assertThat(comparison.at("/differences/1/textDifference").isNull()).isTrue();
        var asked = GATEWAY.request(CompareLessonRevisionsRequest.class);
        assertThat(asked.getFromRevision()).isEqualTo(1);
        assertThat(asked.getToRevision()).isEqualTo(4);
    }

    @Test
    void aRevisionThatIsNotThereIsNullAndOneOfOthersIsAnError() {
        var question = """
                { node(id: "%s") { ... on Lesson { revision(number: 3) { number } comparison(from: 1, to: 3) { shortened } } } }
                """.formatted(LESSON);

        GATEWAY.refuse(Refusal.of(Code.NOT_FOUND, "REVISION_NOT_FOUND", Map.of()));
        var missing = GATEWAY.askSignedIn(question);
        GATEWAY.refuse(Refusal.of(Code.PERMISSION_DENIED, "NOT_OWNER", Map.of()));
        var foreign = GATEWAY.askSignedIn(question);

        assertThat(missing.has("errors")).as(missing.toString()).isFalse();
        assertThat(missing.at("/data/node/revision").isNull()).isTrue();
        assertThat(missing.at("/data/node/comparison").isNull()).isTrue();
        assertThat(foreign.path("errors"))
                .hasSize(2)
                .allSatisfy(error ->
                        assertThat(error.at("/extensions/reason").asText()).isEqualTo("NOT_OWNER"));
    }

    @Test
    void whatLearnersSeeIsAskedForBesideWhatIsBeingWritten() {
        GATEWAY.askSignedIn("""
                { node(id: "%s") { ... on Lesson { content { etag } seen: content(published: true) { etag }
                    solved: content(revealSolutions: true) { etag } again: content(published: true) { etag } } } }
                """.formatted(LESSON));

        assertThat(GATEWAY.requests().stream().filter(GetLessonContentRequest.class::isInstance))
                .as("the same is asked for once")
                .containsExactlyInAnyOrder(
                        content().build(),
                        content().setPublished(true).build(),
                        content().setRevealSolutions(true).build());
    }

    private static GetLessonContentRequest.Builder content() {
        return GetLessonContentRequest.newBuilder().setLessonId(TestGateway.uuid("lesson"));
    }

    @Test
    void everyKindOfBlockIsWritten() {
        var answer = GATEWAY.ask(
                """
                mutation($lesson: ID!, $asset: ID!) { updateLessonContent(input: {lessonId: $lesson, pages: [
                  {key: "one", blocks: [
                    {resource: {title: "Paper", assetId: $asset, url: null}}
                    {resource: {title: "Site", url: "https://site.example"}}
                    {exercise: {kind: PRACTICE, prompt: "<p>Try</p>", solution: "<p>So</p>"}}
                    {interactive: {kind: "graph", title: "Graph", json: "{}"}}
                    {video: {youtubeId: "abcdefgh", url: null, assetId: null}}
                  ]}]}) { userErrors { field code } } }
                """, Map.of("lesson", LESSON, "asset", TestGateway.id("Asset", "paper")), TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var blocks =
                GATEWAY.request(UpdateLessonContentRequest.class).getPages(0).getBlocksList();
        assertThat(blocks.get(0).getResource().getTitle()).isEqualTo("Paper");
        assertThat(blocks.get(0).getResource().getAssetId()).isEqualTo(TestGateway.uuid("paper"));
        assertThat(blocks.get(1).getResource().getUrl()).isEqualTo("https://site.example");
        assertThat(blocks.get(2).getExercise())
                .isEqualTo(ExerciseBlock.newBuilder()
                        .setKind(ExerciseKind.EXERCISE_KIND_PRACTICE)
                        .setPrompt("<p>Try</p>")
                        .setSolution("<p>So</p>")
                        .build());
        assertThat(blocks.get(3).getInteractive().getKind()).isEqualTo("graph");
        assertThat(blocks.get(3).getInteractive().getTitle()).isEqualTo("Graph");
        assertThat(blocks.get(3).getInteractive().getJson()).isEqualTo("{}");
        assertThat(blocks.get(4).getVideo().getYoutubeId())
                .as("absent ones are null")
                .isEqualTo("abcdefgh");
    }

    @Test
    void aBlockAtTwoPlacesIsRefusedBeforeOneIsLost() {
        var answer = GATEWAY.ask(
                """
                mutation($lesson: ID!, $asset: ID!) { updateLessonContent(input: {lessonId: $lesson, pages: [
                  {key: "one", blocks: [{resource: {title: "Paper", assetId: $asset, url: "https://site.example"}}
                    {video: {youtubeId: "abcdefgh", url: "https://site.example"}}]}]}) {
                  userErrors { field code } } }
                """, Map.of("lesson", LESSON, "asset", TestGateway.id("Asset", "paper")), TestGateway.token());

        assertThat(answer.at("/data/updateLessonContent/userErrors").findValues("field").stream()
                        .map(field -> String.join(".", TestGateway.texts(field))))
                .containsExactly("input.pages.0.blocks.0.resource.assetId", "input.pages.0.blocks.1.video.url");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void anExportLeadsToItsArchiveAndToNoCourse() {
        GATEWAY.answer(
                ExportCourseRequest.class,
                request -> ExportCourseResponse.newBuilder()
                        .setOperation(Operation.newBuilder()
                                .setId(TestGateway.uuid("operation"))
                                .setKind("courses.export")
                                .setResourceId(TestGateway.uuid("archive")))
                        .build());

        var answer = GATEWAY.askSignedIn("""
                mutation { exportCourse(input: {courseId: "%s"}) { operation { course { title } archive { id url } }
                    userErrors { code } } }
                """.formatted(TestGateway.id("Course", "course")));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(2);
        var operation = answer.at("/data/exportCourse/operation");
        assertThat(operation.path("course").isNull()).isTrue();
        assertThat(operation.at("/archive/id").asText()).isEqualTo(TestGateway.id("Asset", "archive"));
        assertThat(operation.at("/archive/url").asText()).contains(TestGateway.uuid("archive"));
    }
}
