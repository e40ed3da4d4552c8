package org.aula.courses.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.FieldMask;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.DuplicateCourseRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.ExportCourseRequest;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.api.courses.v1.SetCoursePrerequisitesRequest;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationState;
import org.aula.courses.Campus;
import org.aula.courses.imports.Uploader;
import org.aula.courses.olx.ArchiveBuilder;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Courses as archives, there and back, and copies of courses with their media.
class CourseExportTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "content", "enrollments");

    private static final String LESSON = "018f2f6e-7c1d-7000-8000-000000000001";
    private static final String OTHER = "018f2f6e-7c1d-7000-8000-000000000002";

    @TempDir
    Path folder;

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();
    private Shelves shelves;

    @BeforeEach
    void shelve() {
        shelves = new Shelves(platform, campus, author, folder);
    }

    @Test
    void anExportIsImportedAsAnEqualCourse() throws Exception {
        var original = shelves.aFullCourse();
        var exported = succeeded(exporting(author, original.course()));
        assertThat(exported.getIssuesList()).isEmpty();
        assertThat(exported.getDone()).as("two lessons, three files").isEqualTo(5);

        var imported = succeeded(importing(exported.getResourceId()));
        assertThat(imported.getIssuesList()).isEmpty();
        shelves.assertAlike(original, shelves.course(imported.getResourceId()));
    }

    @Test
    void anArchiveBelongsToWhoAskedForItAndNamesWhatIsInIt() throws Exception {
        var original = shelves.aFullCourse();
        var exported = succeeded(exporting(author, original.course()));
        var asset = shelves.downloads(author, exported.getResourceId())
                .getDownloads(0)
                .getAsset();
        assertThat(asset.getOwnerId()).isEqualTo(author.id().toString());
        assertThat(asset.getVisibility()).isEqualTo(AssetVisibility.ASSET_VISIBILITY_PRIVATE);
        assertThat(asset.getState()).isEqualTo(AssetState.ASSET_STATE_READY);
        assertThat(asset.getFileName()).isEqualTo(original.course().getSlug() + ".tar.gz");
        assertThat(entries(exported).keySet())
                .containsExactlyInAnyOrder(
                        "course.json",
                        "content/" + original.lessons().get(1).getId() + ".json",
                        "static/" + original.picture().getId(),
                        "static/" + original.handout().getId(),
                        "static/" + original.ofTheLesson().getId(),
                        "manifest.json");
    }

    @Test
    void aCopyHasMediaOfItsOwnForItsLearners() throws Exception {
        var original = shelves.aFullCourse();
        var copied = succeeded(duplicating(original.course()));
        var copy = shelves.course(copied.getResourceId());
        assertThat(copied.getIssuesList()).isEmpty();
        shelves.assertAlike(original, copy);

        for (var asset : List.of(original.picture(), original.handout(), original.ofTheLesson())) {
            shelves.content(author)
                    .deleteAsset(DeleteAssetRequest.newBuilder()
                            .setAssetId(asset.getId())
                            .build());
        }
        openToEveryone(copy);
        var learner = campus.learner();
        var handout = shelves.content(shelves.lessons(copy).get(1))
                .getPages(0)
                .getBlocks(2)
                .getMedia()
                .getAssetId();
        assertThat(shelves.downloads(learner, handout).getDownloadsCount()).isZero();
        campus.enroll(learner, copy.getId());
        assertThat(Files.readString(shelves.download(learner, handout))).isEqualTo("handout");
        assertThat(Files.size(shelves.download(learner, copy.getThumbnailAssetId())))
                .isEqualTo(original.picture().getSizeBytes());
    }

    @Test
    void filesThatAreNotOpenToTheCourseAreNeitherWrittenNorCopied() throws Exception {
        var secret = shelves.uploadPrivate(campus.author(), "secret");
        var course = campus.draft(author, "Curious");
        var lesson = campus.lesson(author, campus.section(author, course, "Section"), "Lesson");
        shelves.write(lesson, Shelves.html("<p><img src=\"aula-asset:" + secret.getId() + "\" alt=\"\" /></p>"));

        var exported = succeeded(exporting(author, course));
        assertThat(exported.getIssuesList())
                .singleElement()
                .satisfies(issue -> assertThat(issue.getLocation()).isEqualTo("file " + secret.getId()));
        assertThat(entries(exported)).doesNotContainKey("static/" + secret.getId());

        var copied = succeeded(duplicating(course));
        assertThat(copied.getIssueCount()).isEqualTo(1);
        var html = shelves.content(
                        shelves.lessons(shelves.course(copied.getResourceId())).getFirst())
                .getPages(0)
                .getBlocks(0)
                .getHtml();
        assertThat(html.getAssetIdsList()).containsExactly(secret.getId());
    }

    @Test
    void exportsTheNewestContentAndReadsItAsPublished() throws Exception {
        var course = campus.draft(author, "Going on");
        var lesson = campus.lesson(author, campus.section(author, course, "Section"), "Lesson");
        shelves.write(lesson, Shelves.html("<p>One</p>"));
        campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build());
        campus.publish(course);
        shelves.write(lesson, Shelves.html("<p>Two</p>"));
        var imported = succeeded(importing(succeeded(exporting(author, course)).getResourceId()));
        var content = shelves.content(
                shelves.lessons(shelves.course(imported.getResourceId())).getFirst());
        assertThat(content.getPages(0).getBlocks(0).getHtml().getHtml()).isEqualTo("<p>Two</p>");
        assertThat(content.getRevision()).isEqualTo(1);
        assertThat(content.getPublishedRevision()).isEqualTo(1);
    }

    @Test
    void anExportBeginsAgainWithoutLeavingsWhenItsProcessDied() throws Exception {
        var first = succeeded(exporting(author, shelves.aFullCourse().course()));
        var second = dieAndEnd(first);
        assertThat(entries(second)).hasSize(6);
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                () -> shelves.content(author)
                        .getAsset(GetAssetRequest.newBuilder()
                                .setAssetId(first.getResourceId())
                                .build()));
    }

    @Test
    void importsAndCopiesBeginAgainWithoutLeavingsWhenTheirProcessDied() throws Exception {
        var original = shelves.aFullCourse();
        var archive = succeeded(exporting(author, original.course())).getResourceId();
        for (var begun : List.of(importing(archive), duplicating(original.course()))) {
            var first = succeeded(begun);
            var lessons = shelves.lessons(shelves.course(first.getResourceId()));
            var second = dieAndEnd(first);
            shelves.assertAlike(original, shelves.course(second.getResourceId()));
            assertNothingIsLeft(first.getResourceId());
            var documents = platform.bean("courses", MongoDatabase.class)
                    .getCollection("lesson_contents")
                    .countDocuments(Filters.in(
                            "lessonId",
                            lessons.stream().map(lesson -> lesson.getId()).toList()));
            assertThat(documents).isZero();
        }
    }

    @Test
    void isForTheOwnerAndThoseWhoMayWriteAllOnly() throws Exception {
        var published = campus.published(author, "Open");
        var operator = platform.user("courses:write", "operations:read");
        assertThat(exporting(operator, published).getId()).isNotEmpty();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> exporting(campus.author(), published));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> exporting(campus.author(), campus.draft(author, "Hidden")));
        var refusal = Refusal.of(() -> campus.courses(author).exportCourse(ExportCourseRequest.getDefaultInstance()));
        assertThat(refusal.fields()).containsExactlyInAnyOrder("request_id", "course_id");
    }

    @Test
    void answersTheSameRequestWithTheSameOperation() throws Exception {
        var request = exportRequest(campus.draft(author, "Once"));
        var first = campus.courses(author).exportCourse(request).getOperation();
        assertThat(campus.courses(author).exportCourse(request).getOperation()).isEqualTo(first);
        succeeded(first);
    }

    static Stream<Arguments> badArchives() {
        return Stream.of(
                bad("CHECKSUM_MISMATCH", "course.json", files -> {}, Map.of("course.json", "{}")),
                bad("FILE_UNLISTED", "more.txt", files -> {}, Map.of("more.txt", "more")),
                bad("FILE_MISSING", "gone.txt", files -> files.put("gone.txt", null), Map.of()),
                bad("MANIFEST_INVALID", "manifest.json", files -> {}, Map.of("manifest.json", "{")),
                bad(
                        "MANIFEST_INVALID",
                        "manifest.json",
                        files -> {},
                        Map.of("manifest.json", "{\"format\":\"aula-course\",\"version\":2}")),
                bad("FILE_MALFORMED", "course.json", files -> files.put("course.json", "{\"unknown\":1}"), Map.of()),
                bad("FILE_MALFORMED", "course.json", files -> files.put("course.json", "{}"), Map.of()),
                bad(
                        "FILE_MALFORMED",
                        "course.json",
                        files -> files.put("course.json", "{\"course\":{\"title\":\"\"}}"),
                        Map.of()),
                bad(
                        "FILE_MALFORMED",
                        "content/",
                        files -> files.put(content(), "{\"pages\":[{\"id\":\"\"}]}"),
                        Map.of()),
                bad(
                        "FILE_MALFORMED",
                        "content/",
                        files -> files.put(
                                content(),
                                "{\"pages\":[{\"id\":\"p\",\"blocks\":[{\"interactive\":{\"kind\":\"a\",\"json\":\"[]\"}}]}]}"),
                        Map.of()),
                bad("FILE_MALFORMED", "quizzes/", files -> files.put("quizzes/a.json", "{\"title\":\"\"}"), Map.of()),
                bad("OUTLINE_INVALID", "quizzes/", files -> files.put("quizzes/a.json", quiz(LESSON)), Map.of()),
                bad(
                        "OUTLINE_INVALID",
                        "quizzes/",
                        files -> IntStream.rangeClosed(0, 500)
                                .forEach(number -> files.put("quizzes/" + number + ".json", quiz(""))),
                        Map.of()),
                bad(
                        "OUTLINE_INVALID",
                        "course.json",
                        files -> files.put("course.json", outline(OTHER, LESSON)),
                        Map.of()),
                bad("OUTLINE_INVALID", "course.json", files -> files.put("course.json", outline(LESSON, "")), Map.of()),
                bad(
                        "OUTLINE_INVALID",
                        "course.json",
                        files -> files.put("course.json", outline(OTHER, Campus.newId())),
                        Map.of()));
    }

    /// LESSON is an article.
    private static String quiz(String lessonId) {
        return "{\"lessonId\":\"" + lessonId
                + "\",\"title\":\"Q\",\"questions\":[{\"text\":\"?\",\"points\":1,\"form\":{\"trueFalse\":{}}}]}";
    }

    @ParameterizedTest
    @MethodSource("badArchives")
    void refusesABadArchiveWithPlaceAndCause(
            String cause, String place, Map<String, String> files, Map<String, String> others) throws Exception {
        var ended = shelves.ended(importing(upload(archive(files, others))));
        assertThat(ended.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
        assertThat(ended.getFailure()).contains(cause).contains(place);
        assertThat(ended.getResourceId()).isEmpty();
    }

    @Test
    void takesAnArchiveThatSomebodyWroteByHandAndListsWhatIsNotHere() throws Exception {
        var files = goodFiles();
        files.put(
                "course.json",
                "{\"course\":{\"title\":\"By hand\",\"fullDescription\":\"<p>a<script>x</script></p>\",\"categoryId\":\""
                        + LESSON + "\"},\"tagNames\":[\"never seen\"],\"prerequisiteCourseIds\":[\"" + OTHER
                        + "\"],\"sections\":[]}");
        files.remove(content());
        var ended = succeeded(importing(upload(archive(files, Map.of()))));
        assertThat(ended.getIssuesList())
                .extracting(issue -> issue.getElement())
                .containsExactlyInAnyOrder("category " + LESSON, "tag never seen", "course " + OTHER);
        var course = shelves.course(ended.getResourceId());
        assertThat(course.getFullDescription()).isEqualTo("<p>a</p>");
    }

    /// Free, after no other course, and in the catalog.
    private void openToEveryone(Course course) {
        var courses = campus.courses(author);
        courses.updateCourse(UpdateCourseRequest.newBuilder()
                .setCourseId(course.getId())
                .setUpdateMask(FieldMask.newBuilder().addPaths("price").addPaths("original_price"))
                .setCourse(CourseChanges.getDefaultInstance())
                .build());
        courses.setCoursePrerequisites(SetCoursePrerequisitesRequest.newBuilder()
                .setCourseId(course.getId())
                .build());
        courses.submitCourse(
                SubmitCourseRequest.newBuilder().setCourseId(course.getId()).build());
        campus.publish(course);
    }

    private static Arguments bad(
            String cause, String place, Consumer<Map<String, String>> change, Map<String, String> others) {
        var files = goodFiles();
        change.accept(files);
        return Arguments.of(cause, place, files, others);
    }

    private static Map<String, String> goodFiles() {
        var files = new LinkedHashMap<String, String>();
        files.put("course.json", outline(OTHER, ""));
        files.put(content(), "{\"pages\":[{\"id\":\"p\",\"blocks\":[{\"html\":{\"html\":\"<p>x</p>\"}}]}]}");
        return files;
    }

    private static String content() {
        return "content/" + LESSON + ".json";
    }

    /// Two lessons, the first after one that is given, the second after the first.
    private static String outline(String second, String before) {
        var first = "{\"id\":\"" + LESSON + "\",\"title\":\"One\",\"prerequisiteLessonIds\":["
                + (before.isEmpty() ? "" : "\"" + (before.equals(LESSON) ? OTHER : before) + "\"") + "]}";
        return "{\"course\":{\"title\":\"Small\"},\"sections\":[{\"title\":\"S\",\"lessons\":[" + first + ",{\"id\":\""
                + second + "\",\"title\":\"Two\",\"prerequisiteLessonIds\":[\"" + LESSON + "\"]}]}]}";
    }

    /// An archive with a manifest of `files`; `others` are in it instead of or besides them. What is null is
    /// named only.
    private static ArchiveBuilder archive(Map<String, String> files, Map<String, String> others) {
        var manifest = files.entrySet().stream()
                .map(file -> {
                    var bytes = String.valueOf(file.getValue()).getBytes(StandardCharsets.UTF_8);
                    return "{\"name\":\"" + file.getKey() + "\",\"sizeBytes\":" + bytes.length + ",\"sha256\":\""
                            + Hashing.sha256().hashBytes(bytes) + "\"}";
                })
                .collect(Collectors.joining(",", "{\"format\":\"aula-course\",\"version\":1,\"files\":[", "]}"));
        var written = new LinkedHashMap<>(files);
        written.put("manifest.json", manifest);
        written.putAll(others);
        var archive = ArchiveBuilder.anArchive();
        written.forEach((name, text) -> {
            if (text != null) {
                archive.file(name, text);
            }
        });
        return archive;
    }

    private String upload(ArchiveBuilder archive) throws Exception {
        return new Uploader(platform).upload(author, archive.writeTo(folder));
    }

    private Operation exporting(TestUser user, Course course) {
        return campus.courses(user).exportCourse(exportRequest(course)).getOperation();
    }

    private static ExportCourseRequest exportRequest(Course course) {
        return ExportCourseRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setCourseId(course.getId())
                .build();
    }

    private Operation importing(String assetId) {
        return campus.courses(author)
                .importCourse(ImportCourseRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setAssetId(assetId)
                        .build())
                .getOperation();
    }

    private Operation duplicating(Course course) {
        return campus.courses(author)
                .duplicateCourse(DuplicateCourseRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setCourseId(course.getId())
                        .build())
                .getOperation();
    }

    private Operation succeeded(Operation begun) throws Exception {
        var ended = shelves.ended(begun);
        assertThat(ended.getState()).as(ended.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        return ended;
    }

    private Operation dieAndEnd(Operation first) throws Exception {
        Campus.dieBeforeTheEndIsWritten(platform, first.getId());
        Await.until(
                "it begins again",
                () -> !shelves.operation(first).getResourceId().equals(first.getResourceId()));
        return succeeded(first);
    }

    private Map<String, Long> entries(Operation exported) throws Exception {
        var file = shelves.download(author, exported.getResourceId());
        var entries = new LinkedHashMap<String, Long>();
        try (var tar = new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), entry.getSize());
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
        return entries;
    }

    private static void assertNothingIsLeft(String courseId) {
        var rows = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT (SELECT count(*) FROM courses.courses WHERE id = CAST(:id AS uuid))
                                     + (SELECT count(*) FROM courses.media_journals WHERE course_id = CAST(:id AS uuid))
                                """)
                        .bind("id", courseId)
                        .mapTo(Integer.class)
                        .one());
        assertThat(rows).isZero();
        var assets = platform.bean("courses", MongoDatabase.class)
                .getCollection("content_assets")
                .countDocuments(Filters.eq("courseId", courseId));
        assertThat(assets).isZero();
    }
}
