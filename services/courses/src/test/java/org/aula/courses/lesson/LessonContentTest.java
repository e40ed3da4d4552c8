package org.aula.courses.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.grpc.Status.Code;
import java.util.List;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.EmbedBlock;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.LessonServiceGrpc.LessonServiceBlockingStub;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LessonContentTest {

    private static final String ASSET = "018f2f6e-7c1d-7000-8000-000000000001";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @Test
    void isEmptyUntilItIsWritten() {
        var lesson = lessonOfADraft();
        var content = read(campus.lessons(author), lesson);
        assertThat(content.getPagesList()).isEmpty();
        assertThat(content.getEtag()).isEmpty();
    }

    @Test
    void keepsEveryKindOfBlockAndSanitisesText() {
        var lesson = lessonOfADraft();
        var page = aPage(
                html("<p>Look<script>x()</script> <img src=\"aula-asset:" + ASSET + "\" /></p>"),
                ContentBlock.newBuilder()
                        .setVideo(VideoBlock.newBuilder()
                                .setTitle("Talk")
                                .setYoutubeId("dQw4w9WgXcQ")
                                .setStart(Duration.newBuilder().setSeconds(3))
                                .putTranscriptAssetIds("zh-cn", ASSET))
                        .build(),
                ContentBlock.newBuilder()
                        .setVideo(VideoBlock.newBuilder().setUrl("https://example.org/a.mp4"))
                        .build(),
                ContentBlock.newBuilder()
                        .setMedia(MediaBlock.newBuilder().setTitle("Handout").setAssetId(ASSET))
                        .build(),
                ContentBlock.newBuilder()
                        .setEmbed(EmbedBlock.newBuilder().setUrl("https://example.org/"))
                        .build());
        var written = write(author, lesson, "", page);

        assertThat(read(campus.lessons(author), lesson)).isEqualTo(written);
        var text = written.getPages(0).getBlocks(0).getHtml();
        assertThat(text.getHtml()).doesNotContain("script").contains("<p>Look");
        assertThat(text.getAssetIdsList()).containsExactly(ASSET);
        assertThat(written.getPages(0).getBlocksList().subList(1, 5))
                .isEqualTo(page.getBlocksList().subList(1, 5));
    }

    @Test
    void refusesAStaleEtagButNotTheSameAgain() throws Exception {
        var lesson = lessonOfADraft();
        var first = write(author, lesson, "", aPage(html("<p>One</p>")));
        var second = write(author, lesson, first.getEtag(), aPage(html("<p>Two</p>")));
        assertThat(write(author, lesson, first.getEtag(), aPage(html("<p>Two</p>"))))
                .isEqualTo(second);
        for (var etag : List.of(first.getEtag(), "strange")) {
            Refusal.expect(
                    Code.ABORTED,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                    () -> write(author, lesson, etag, aPage(html("<p>Three</p>"))));
        }
    }

    @Test
    void namesTheBlockThatBreaksTheContract() throws Exception {
        var lesson = lessonOfADraft();
        var embed = ContentBlock.newBuilder()
                .setEmbed(EmbedBlock.newBuilder().setUrl("http://example.org/"))
                .build();
        var refusal = Refusal.of(() -> write(author, lesson, "", aPage(embed)));
        assertThat(refusal.fields()).containsExactly("pages[0].blocks[0].embed.url");
    }

    @Test
    void isWrittenByTheOwnerAndThoseWhoMayWriteAllOnly() throws Exception {
        var lesson = lessonOfThePublished(false);
        assertThat(write(campus.administrator(), lesson, "", aPage(html("<p>Better</p>")))
                        .getPagesCount())
                .isEqualTo(1);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> write(campus.learner(), lesson, "", aPage(html("<p>Mine</p>"))));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> write(campus.learner(), lessonOfADraft(), "", aPage(html("<p>Mine</p>"))));
    }

    @Test
    void isReadByTheEnrolledTheOwnerAndReviewers() throws Exception {
        var lesson = lessonOfThePublished(false);
        campus.publishContent(author, write(author, lesson, "", aPage(html("<p>Secret</p>"))));
        var learner = campus.learner();
        for (var stranger : List.of(campus.lessons(learner), campus.lessonsAnonymously())) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, () -> read(stranger, lesson));
        }
        enroll(learner, lesson.getCourseId());
        for (var reader : List.of(learner, author, campus.administrator())) {
            assertThat(read(campus.lessons(reader), lesson).getPagesCount()).isEqualTo(1);
        }
    }

    @Test
    void isReadByEveryoneIfItIsAPreview() {
        var lesson = lessonOfThePublished(true);
        assertThat(read(campus.lessonsAnonymously(), lesson).getLessonId()).isEqualTo(lesson.getId());
    }

    @Test
    void doesNotExistForStrangersBeforePublicationEvenAsAPreview() throws Exception {
        var section = campus.section(author, campus.draft(author, "Draft"), "Section");
        var preview = campus.lesson(author, section, "Preview", true);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_LESSON_NOT_FOUND,
                () -> read(campus.lessonsAnonymously(), preview));
    }

    private Lesson lessonOfADraft() {
        return campus.lesson(author, campus.section(author, campus.draft(author, "Draft"), "Section"), "Lesson");
    }

    private Lesson lessonOfThePublished(boolean preview) {
        Course draft = campus.draft(author, "Published");
        var lesson = campus.lesson(author, campus.section(author, draft, "Section"), "Lesson", preview);
        campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(draft.getId())
                        .build());
        campus.publish(draft);
        return lesson;
    }

    private static void enroll(TestUser learner, String courseId) {
        EnrollmentServiceGrpc.newBlockingStub(platform.as(learner, "enrollments"))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setCourseId(courseId)
                        .build());
    }

    private LessonContent write(TestUser user, Lesson lesson, String etag, LessonPage... pages) {
        return campus.lessons(user)
                .updateLessonContent(UpdateLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setEtag(etag)
                        .addAllPages(List.of(pages))
                        .build())
                .getContent();
    }

    private static LessonContent read(LessonServiceBlockingStub stub, Lesson lesson) {
        return stub.getLessonContent(GetLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .build())
                .getContent();
    }

    private static LessonPage aPage(ContentBlock... blocks) {
        return LessonPage.newBuilder()
                .setId("page")
                .setTitle("Page")
                .addAllBlocks(List.of(blocks))
                .build();
    }

    private static ContentBlock html(String html) {
        return ContentBlock.newBuilder()
                .setHtml(HtmlBlock.newBuilder().setHtml(html))
                .build();
    }
}
