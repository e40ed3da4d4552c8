package org.aula.courses.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.courses.lesson.Drafts.aPage;
import static org.aula.courses.lesson.Drafts.html;
import static org.aula.courses.lesson.Drafts.text;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonRevision;
import org.aula.api.courses.v1.ListLessonRevisionsRequest;
import org.aula.api.courses.v1.ListLessonRevisionsResponse;
import org.aula.api.courses.v1.PublishLessonContentRequest;
import org.aula.api.courses.v1.RollBackLessonContentRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LessonRevisionTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();
    private final Drafts drafts = new Drafts(campus, author);

    @Test
    void learnersSeeThePublishedOneWhileTheNextIsEdited() {
        var lesson = drafts.ofAPublished("<p>One</p>");
        var learner = campus.learner();
        campus.enroll(learner, lesson.getCourseId());
        var second = drafts.write(lesson, "1", aPage("page", html("<p>Two</p>")));

        assertThat(second.getRevision()).isEqualTo(2);
        assertThat(second.getPublishedRevision()).isEqualTo(1);
        assertThat(text(drafts.read(learner, lesson))).isEqualTo("<p>One</p>");
        assertThat(text(drafts.read(author, lesson))).isEqualTo("<p>Two</p>");
        assertThat(text(drafts.read(campus.administrator(), lesson))).isEqualTo("<p>Two</p>");
        var asLearners = GetLessonContentRequest.newBuilder().setPublished(true);
        assertThat(text(drafts.read(author, lesson, asLearners))).isEqualTo("<p>One</p>");

        var published = campus.publishContent(author, second);
        assertThat(published.getPublished()).isTrue();
        assertThat(published.hasPublishTime()).isTrue();
        assertThat(text(drafts.read(learner, lesson))).isEqualTo("<p>Two</p>");
    }

    @Test
    void isPublishedAtOnceInACourseThatNeverWas() {
        var lesson = drafts.ofADraft();
        assertThat(drafts.write(lesson, "", aPage("page", html("<p>One</p>"))).getPublishedRevision())
                .isEqualTo(1);
        assertThat(drafts.write(lesson, "1", aPage("page", html("<p>Two</p>"))).getPublishedRevision())
                .isEqualTo(2);
        assertThat(rollBack(lesson, 1).getPublished()).isTrue();
        assertThat(contentEvents(lesson)).isEmpty();
    }

    @Test
    void tellsListenersOnceWhenLearnersSeeOtherContent() {
        var lesson = drafts.ofAPublished("<p>One</p>");
        var second = drafts.write(lesson, "1", aPage("page", html("<p>Two</p>")));
        assertThat(contentEvents(lesson)).isEmpty();
        var first = campus.publishContent(author, second);
        assertThat(campus.publishContent(author, second)).isEqualTo(first);
        assertThat(contentEvents(lesson)).containsExactly("LessonContentPublished");
        assertThat(audited(lesson, "lesson.publish_content")).isEqualTo(1);
    }

    @Test
    void oneOfTwoWritersWinsAndTheOtherIsToldSo() throws Exception {
        var lesson = drafts.ofAPublished("<p>One</p>");
        for (var round = 1; round <= 5; round++) {
            var etag = Integer.toString(round);
            var calls = new ArrayList<Refusal.Call>();
            for (var writer = 0; writer < 4; writer++) {
                var text = "<p>" + round + " by " + writer + "</p>";
                calls.add(() -> drafts.write(lesson, etag, aPage("page", html(text))));
            }
            var refused = Campus.refusedOfAtOnce(calls);
            assertThat(refused)
                    .hasSize(3)
                    .allSatisfy(refusal -> assertThat(refusal.reason()).isEqualTo("ETAG_MISMATCH"));
        }
        assertThat(numbers(list(lesson, 10, ""))).containsExactly(6, 5, 4, 3, 2, 1);
    }

    @Test
    void writersWhoWriteOverWhateverIsThereGetNumbersOfTheirOwn() throws Exception {
        var lesson = drafts.ofADraft();
        var calls = IntStream.range(0, 8)
                .<Refusal.Call>mapToObj(writer ->
                        () -> drafts.write(lesson, "", aPage("page", html("<p>" + writer + "</p>"))))
                .toList();
        assertThat(Campus.refusedOfAtOnce(calls)).isEmpty();
        assertThat(numbers(list(lesson, 20, ""))).containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void writingWhatIsThereMakesNoRevision() {
        var lesson = drafts.ofADraft();
        var first = drafts.write(lesson, "", aPage("page", html("<p>One</p>")));
        assertThat(drafts.write(lesson, "1", aPage("page", html("<p>One</p>")))).isEqualTo(first);
        assertThat(drafts.write(lesson, "", aPage("page", html("<p>One</p>")))).isEqualTo(first);
        assertThat(audited(lesson, "lesson.update_content")).isEqualTo(1);
    }

    @Test
    void takesUpAnEarlierRevisionAsANewOne() throws Exception {
        var lesson = drafts.ofAPublished("<p>One</p>");
        drafts.write(lesson, "1", aPage("page", html("<p>Two</p>")));
        var request = rollBackRequest(lesson, 1);
        var third = campus.lessons(author).rollBackLessonContent(request).getRevision();

        assertThat(third.getRevision()).isEqualTo(3);
        assertThat(third.getPublished()).isFalse();
        assertThat(third.getAuthorId()).isEqualTo(author.id().toString());
        assertThat(text(drafts.read(author, lesson))).isEqualTo("<p>One</p>");
        assertThat(campus.lessons(author).rollBackLessonContent(request).getRevision())
                .isEqualTo(third);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> campus.lessons(author)
                        .rollBackLessonContent(
                                request.toBuilder().setRevision(2).build()));
        assertThat(audited(lesson, "lesson.roll_back_content")).isEqualTo(1);
    }

    @Test
    void listsPageByPageWithAsManyStatementsOnEach() throws Exception {
        var lesson = drafts.ofADraft();
        for (var number = 0; number < 7; number++) {
            drafts.write(lesson, "", aPage("page", html("<p>" + number + "</p>")));
        }
        var first = list(lesson, 3, "");
        assertThat(numbers(first)).containsExactly(7, 6, 5);
        assertThat(first.getItemTokensList()).hasSize(3);
        var second = list(lesson, 3, first.getNextPageToken());
        assertThat(numbers(second)).containsExactly(4, 3, 2);
        var last = list(lesson, 3, second.getNextPageToken());
        assertThat(numbers(last)).containsExactly(1);
        assertThat(last.getNextPageToken()).isEmpty();
        assertThat(numbers(list(lesson, 3, first.getItemTokens(0)))).containsExactly(6, 5, 4);
        assertThat(last.getRevisions(0).getPageCount()).isEqualTo(1);
        assertThat(first.getRevisions(0).getPublished()).isTrue();
        assertThat(second.getRevisions(0).hasPublishTime()).isFalse();
        var ofThree = platform.statements("courses", () -> list(lesson, 3, ""));
        assertThat(platform.statements("courses", () -> list(lesson, 7, ""))).isEqualTo(ofThree);
    }

    @Test
    void keepsTheLastHundredAndThePublishedOne() throws Exception {
        var lesson = drafts.ofAPublished("<p>One</p>");
        drafts.write(lesson, "", aPage("page", html("<p>Soon gone</p>")));
        for (var number = 3; number <= 103; number++) {
            drafts.write(lesson, "", aPage("page", html("<p>" + number + "</p>")));
        }
        var documents = platform.bean("courses", MongoDatabase.class)
                .getCollection("lesson_contents")
                .find(Filters.eq("lessonId", lesson.getId()))
                .map(document -> document.get("revision", Number.class).intValue())
                .into(new ArrayList<>());
        assertThat(documents).hasSize(101).contains(1, 4, 103).doesNotContain(2, 3);
        expectNoRevision(lesson, 2);
        assertThat(revision(lesson, 1).getPublished()).isTrue();
    }

    @Test
    void doesNotCountADocumentWhoseChangeWasNeverCommitted() throws Exception {
        var lesson = drafts.ofADraft();
        drafts.write(lesson, "", aPage("page", html("<p>One</p>")));
        platform.bean("courses", MongoDatabase.class)
                .getCollection("lesson_contents")
                .insertOne(new Document("_id", lesson.getId() + "/2")
                        .append("lessonId", lesson.getId())
                        .append("revision", 2)
                        .append("authorId", "")
                        .append("pageCount", 0)
                        .append("createdAt", new java.util.Date())
                        .append("pages", List.of()));
        assertThat(text(drafts.read(author, lesson))).isEqualTo("<p>One</p>");
        assertThat(numbers(list(lesson, 10, ""))).containsExactly(1);
        expectNoRevision(lesson, 2);
        var second = drafts.write(lesson, "1", aPage("page", html("<p>Two</p>")));
        assertThat(second.getRevision()).isEqualTo(2);
        assertThat(text(drafts.read(author, lesson))).isEqualTo("<p>Two</p>");
    }

    @Test
    void refusesARevisionThatIsNotThere() throws Exception {
        var lesson = drafts.ofAPublished("<p>One</p>");
        expectNoRevision(lesson, 7);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_REVISION_NOT_FOUND,
                () -> campus.lessons(author)
                        .publishLessonContent(PublishLessonContentRequest.newBuilder()
                                .setLessonId(lesson.getId())
                                .setRevision(2)
                                .build()));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, () -> rollBack(lesson, 2));
    }

    @Test
    void isForTheOwnerAndReviewersOnly() throws Exception {
        var lesson = drafts.ofAPublished("<p>One</p>");
        var learner = campus.learner();
        campus.enroll(learner, lesson.getCourseId());
        var list = ListLessonRevisionsRequest.newBuilder()
                .setLessonId(lesson.getId())
                .build();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> campus.lessons(learner).listLessonRevisions(list));
        var hidden = ListLessonRevisionsRequest.newBuilder()
                .setLessonId(drafts.ofADraft().getId())
                .build();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> campus.lessons(learner).listLessonRevisions(hidden));
        var reviewer = platform.user("courses:read");
        assertThat(campus.lessons(reviewer).listLessonRevisions(list).getRevisionsCount())
                .isEqualTo(1);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> campus.lessons(reviewer)
                        .publishLessonContent(PublishLessonContentRequest.newBuilder()
                                .setLessonId(lesson.getId())
                                .setRevision(1)
                                .build()));
    }

    @Test
    void namesTheFieldThatBreaksTheContract() throws Exception {
        var stub = campus.lessons(author);
        var id = Campus.newId();
        var refusals = List.of(
                Refusal.of(() -> stub.publishLessonContent(
                        PublishLessonContentRequest.newBuilder().setLessonId(id).build())),
                Refusal.of(() -> stub.getLessonRevision(
                        GetLessonRevisionRequest.newBuilder().setLessonId(id).build())),
                Refusal.of(() -> stub.rollBackLessonContent(RollBackLessonContentRequest.newBuilder()
                        .setRequestId(id)
                        .setLessonId(id)
                        .build())));
        assertThat(refusals).allSatisfy(refusal -> assertThat(refusal.fields()).containsExactly("revision"));
        var list = Refusal.of(() -> stub.listLessonRevisions(ListLessonRevisionsRequest.newBuilder()
                .setLessonId("x")
                .setPageSize(-1)
                .setPageToken("t".repeat(1_001))
                .build()));
        assertThat(list.fields()).containsExactlyInAnyOrder("lesson_id", "page_size", "page_token");
    }

    private void expectNoRevision(Lesson lesson, int revision) throws Exception {
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, () -> revision(lesson, revision));
    }

    private LessonRevision revision(Lesson lesson, int revision) {
        return campus.lessons(author)
                .getLessonRevision(GetLessonRevisionRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setRevision(revision)
                        .build())
                .getRevision();
    }

    private ListLessonRevisionsResponse list(Lesson lesson, int size, String token) {
        return campus.lessons(author)
                .listLessonRevisions(ListLessonRevisionsRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setPageSize(size)
                        .setPageToken(token)
                        .setWithItemTokens(true)
                        .build());
    }

    private static List<Integer> numbers(ListLessonRevisionsResponse page) {
        return page.getRevisionsList().stream().map(LessonRevision::getRevision).toList();
    }

    private LessonRevision rollBack(Lesson lesson, int revision) {
        return campus.lessons(author)
                .rollBackLessonContent(rollBackRequest(lesson, revision))
                .getRevision();
    }

    private static RollBackLessonContentRequest rollBackRequest(Lesson lesson, int revision) {
        return RollBackLessonContentRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setLessonId(lesson.getId())
                .setRevision(revision)
                .build();
    }

    private static List<String> contentEvents(Lesson lesson) {
        return Campus.events(platform, lesson.getCourseId()).stream()
                .filter("LessonContentPublished"::equals)
                .toList();
    }

    private static long audited(Lesson lesson, String action) {
        return Campus.audits(platform, lesson.getId()).stream()
                .filter(action::equals)
                .count();
    }
}
