package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.Status.Code;
import java.util.UUID;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.ErrorReason;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.content.file.Samples;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DownloadTest {

    private static final byte[] BYTES = text("0123456789abcdef");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content", "enrollments");

    @Test
    void bytes_are_read_whole_and_by_range() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var asset = owner.upload(BYTES, announcing(BYTES).setFileName("Prüfung 1*.txt"));

        var download = owner.downloads(asset.getId()).getDownloads(0);
        var whole = ContentCalls.fetch(download.getUrl());
        var part = ContentCalls.fetch(download.getUrl(), "Range", "bytes=4-7");

        assertThat(download.getAsset().getId()).isEqualTo(asset.getId());
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(BYTES);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(whole.headers().firstValue("Content-Disposition"))
                .hasValue("inline; filename*=UTF-8''Pr%C3%BCfung%201%2A.txt");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(text("4567"));
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 4-7/16");
        assertThat(ContentCalls.fetch(download.getUrl().replace("X-Amz-Expires=900", "X-Amz-Expires=90000"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_could_run_scripts_is_saved_and_not_shown() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var drawing = text("<svg xmlns='http://www.w3.org/2000/svg'/>");
        var html = text("<!DOCTYPE html><html><body>Hello</body></html>");
        var pixels = Samples.png(4, 4);
        var vector =
                owner.upload(drawing, announcing(drawing).setFileName("a.svg").setMediaType("image/svg+xml"));
        var page = owner.upload(html, announcing(html).setFileName("a.html").setMediaType("text/html"));
        var picture =
                owner.upload(pixels, announcing(pixels).setFileName("a.png").setMediaType("image/png"));

        for (var download :
                owner.downloads(vector.getId(), page.getId(), picture.getId()).getDownloadsList()) {
            var shown = download.getAsset().getId().equals(picture.getId()) ? "inline" : "attachment";
            assertThat(ContentCalls.fetch(download.getUrl()).headers().firstValue("Content-Disposition"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith(shown + ";"));
        }
    }

    @Test
    void public_assets_are_for_anyone_once_they_are_ready() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var ready = owner.upload(BYTES, AssetVisibility.ASSET_VISIBILITY_PUBLIC, "");
        var pending = owner.create(announcing(BYTES).setVisibility(AssetVisibility.ASSET_VISIBILITY_PUBLIC))
                .getAsset();
        var visitor = ContentCalls.asVisitor(platform);

        assertThat(visitor.get(ready.getId()).getId()).isEqualTo(ready.getId());
        var answer = visitor.downloads(pending.getId(), ready.getId());
        assertThat(answer.getDownloadsList())
                .extracting(download -> download.getAsset().getId())
                .containsExactly(ready.getId());
        assertThat(answer.getMissingIdsList()).containsExactly(pending.getId());
        assertThat(owner.get(pending.getId())).isEqualTo(pending);
        assertThat(owner.downloads(pending.getId()).getMissingIdsList()).containsExactly(pending.getId());
        notFound(visitor, pending.getId());
    }

    @Test
    void private_assets_are_for_their_owner_services_and_those_who_write_all_content() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var asset = owner.upload(BYTES, AssetVisibility.ASSET_VISIBILITY_PRIVATE, "");

        for (var calls : java.util.List.of(
                owner,
                ContentCalls.asService(platform, "courses"),
                ContentCalls.as(platform, platform.user("content:write")))) {
            assertThat(calls.get(asset.getId()).getSha256()).isEqualTo(asset.getSha256());
        }
        notFound(ContentCalls.as(platform, platform.user("content:create")), asset.getId());
        notFound(ContentCalls.asVisitor(platform), asset.getId());
        notFound(owner, UUID.randomUUID().toString());
    }

    @Test
    void assets_of_a_course_are_for_its_learners() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var course = course();
        var other = course();
        var asset = owner.upload(BYTES, AssetVisibility.ASSET_VISIBILITY_COURSE, course);
        var strange = owner.upload(BYTES, AssetVisibility.ASSET_VISIBILITY_COURSE, other);
        var open = owner.upload(BYTES, AssetVisibility.ASSET_VISIBILITY_PUBLIC, other);
        var learner = platform.user();
        enroll(learner, course);
        var calls = ContentCalls.as(platform, learner);

        var answer = calls.downloads(open.getId(), strange.getId(), asset.getId());

        assertThat(answer.getDownloadsList())
                .extracting(download -> download.getAsset().getId())
                .containsExactly(open.getId(), asset.getId());
        assertThat(answer.getMissingIdsList()).containsExactly(strange.getId());
        assertThat(calls.get(asset.getId()).getId()).isEqualTo(asset.getId());
        notFound(calls, strange.getId());
        notFound(ContentCalls.asVisitor(platform), asset.getId());
        assertThat(owner.get(strange.getId()).getId()).isEqualTo(strange.getId());
    }

    @Test
    void assets_of_a_preview_are_for_anyone_while_its_course_is_published() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var course = course();
        var preview = lesson(course, true);
        var shown = owner.upload(BYTES, ofLesson(course, preview));
        var hidden = owner.upload(BYTES, ofLesson(course, lesson(course, false)));
        var strange = owner.upload(BYTES, ofLesson(course(), preview));
        owner.worked(shown.getId());
        var visitor = ContentCalls.asVisitor(platform);

        for (var calls : java.util.List.of(visitor, ContentCalls.as(platform, platform.user()))) {
            var answer = calls.downloads(shown.getId(), hidden.getId(), strange.getId());
            assertThat(answer.getDownloadsList())
                    .extracting(download -> download.getAsset().getLessonId())
                    .containsExactly(preview);
            assertThat(answer.getMissingIdsList()).containsExactly(hidden.getId(), strange.getId());
            var asked =
                    GetAssetTextRequest.newBuilder().setAssetId(shown.getId()).build();
            assertThat(calls.stub().getAssetText(asked).getText()).isEqualTo("0123456789abcdef");
        }
        // One transaction opened and one statement in it, however many assets.
        assertThat(platform.statements("content", () -> visitor.downloads(shown.getId(), hidden.getId())))
                .isEqualTo(1);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.courses SET status = 'DRAFT' WHERE id = ?", UUID.fromString(course)));
        notFound(visitor, shown.getId());
    }

    @Test
    void assets_of_a_lesson_are_read_when_the_lesson_is() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var course = course();
        var first = lesson(course, false);
        var second = lesson(course, true);
        var film = owner.upload(BYTES, ofLesson(course, first)).getId();
        var trailer = owner.upload(BYTES, ofLesson(course, second)).getId();
        var learner = platform.user();
        enroll(learner, course);
        var calls = ContentCalls.as(platform, learner);
        assertThat(calls.downloads(film, trailer).getDownloadsCount()).isEqualTo(2);

        set(first, "release_at = now() + interval '1 day'");
        set(second, "release_at = now() + interval '1 day'");
        for (var early : java.util.List.of(calls, ContentCalls.asVisitor(platform))) {
            notFound(early, film);
            notFound(early, trailer);
        }
        assertThat(ContentCalls.as(platform, platform.user("courses:read"))
                        .downloads(film, trailer)
                        .getDownloadsCount())
                .as("reviewers see what they review")
                .isEqualTo(2);

        set(first, "release_at = NULL");
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO courses.lesson_prerequisites (lesson_id, prerequisite_id) VALUES (?, ?)",
                        UUID.fromString(first),
                        UUID.fromString(second)));
        notFound(calls, film);
        set(second, "section_id = NULL, deleted_at = now()");
        notFound(ContentCalls.asVisitor(platform), trailer);
        assertThat(calls.downloads(trailer).getDownloadsCount())
                .as("a lesson that is gone leaves its files to the course")
                .isEqualTo(1);
    }

    private static void set(String lesson, String what) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lessons SET " + what + " WHERE id = ?", UUID.fromString(lesson)));
    }

    @Test
    void many_assets_of_many_courses_take_one_question() throws Exception {
        var owner = ContentCalls.as(platform, platform.user("content:create"));
        var learner = platform.user();
        var ids = new java.util.ArrayList<String>();
        for (int count = 0; count < 5; count++) {
            var course = course();
            enroll(learner, course);
            ids.add(owner.upload(BYTES, AssetVisibility.ASSET_VISIBILITY_COURSE, course)
                    .getId());
        }
        var calls = ContentCalls.as(platform, learner);

        // One transaction opened and one statement in it.
        assertThat(platform.statements("content", () -> calls.downloads(ids.toArray(String[]::new))))
                .isEqualTo(1);
        assertThat(calls.downloads(ids.toArray(String[]::new)).getDownloadsCount())
                .isEqualTo(5);
    }

    @Test
    void an_empty_batch_is_refused() throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> ContentCalls.asVisitor(platform).downloads());
        assertThat(refusal.fields()).containsExactly("asset_ids");
    }

    private static CreateUploadRequest.Builder ofLesson(String course, String lesson) {
        return announcing(BYTES)
                .setVisibility(AssetVisibility.ASSET_VISIBILITY_COURSE)
                .setCourseId(course)
                .setLessonId(lesson);
    }

    private static String lesson(String course, boolean preview) {
        var section = UuidCreator.getTimeOrderedEpoch();
        var lesson = UuidCreator.getTimeOrderedEpoch();
        platform.superuser().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO courses.course_sections (id, course_id, title, sort_order) VALUES (?, ?, 'A section', 0)",
                    section,
                    UUID.fromString(course));
            handle.execute(
                    "INSERT INTO courses.lessons (id, course_id, section_id, title, type, sort_order, preview)"
                            + " VALUES (?, ?, ?, 'A lesson', 'ARTICLE', 0, ?)",
                    lesson,
                    UUID.fromString(course),
                    section,
                    preview);
        });
        return lesson.toString();
    }

    private static void notFound(ContentCalls calls, String id) throws Exception {
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ASSET_NOT_FOUND, () -> calls.get(id));
        assertThat(calls.downloads(id).getMissingIdsList()).containsExactly(id);
    }

    private static String course() {
        var id = UuidCreator.getTimeOrderedEpoch();
        var instructor = platform.account();
        platform.superuser().useHandle(handle -> handle.execute("""
                INSERT INTO courses.courses (id, instructor_id, title, slug, status, published_at)
                VALUES (?, ?, 'A course', ?, 'PUBLISHED', now())
                """, id, instructor, "course-" + id));
        return id.toString();
    }

    private static void enroll(TestUser learner, String course) {
        EnrollmentServiceGrpc.newBlockingStub(platform.as(learner, "enrollments"))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setCourseId(course)
                        .build());
    }
}
