package org.aula.courses.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.grpc.Status.Code;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ErrorReason;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.CancelOperationRequest;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.Section;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationState;
import org.aula.courses.Campus;
import org.aula.courses.olx.ArchiveBuilder;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CourseImportTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "content", "enrollments");

    private static final Path DEMO = Path.of("../../local/demo-course");

    @TempDir
    Path folder;

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @Test
    void makesADraftOfAWholeCourse() throws Exception {
        var operation = ended(importing(demoCourse()));

        assertThat(operation.getState()).as(operation.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(operation.getDone()).as("three files and three lessons").isEqualTo(6);
        assertThat(operation.getTotal()).isEqualTo(6);
        assertThat(operation.getIssuesList()).singleElement().satisfies(issue -> {
            assertThat(issue.getLocation()).isEqualTo("course/problem/which-query.xml");
            assertThat(issue.getElement()).contains("Which query does the index serve?");
            assertThat(issue.getReason()).isEqualTo("this kind of response cannot be imported");
        });
        var course = course(operation);
        assertThat(course.getTitle()).isEqualTo("Introduction to database indexes");
        assertThat(course.getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_DRAFT);
        assertThat(course.getInstructorId()).isEqualTo(author.id().toString());
        var lessons = lessons(course);
        assertThat(lessons).hasSize(3);
        assertThat(lessons.stream()
                        .map(this::content)
                        .mapToInt(LessonContent::getPagesCount)
                        .sum())
                .isEqualTo(5);
    }

    @Test
    void storesItsMediaUnderAddressesOfOurOwn() throws Exception {
        var course = course(ended(importing(demoCourse())));

        var picture = asset(course.getThumbnailAssetId());
        assertThat(picture.getVisibility()).isEqualTo(AssetVisibility.ASSET_VISIBILITY_PUBLIC);
        assertThat(picture.getState()).isEqualTo(AssetState.ASSET_STATE_READY);
        var blocks = lessons(course).stream()
                .flatMap(lesson -> content(lesson).getPagesList().stream())
                .flatMap(page -> page.getBlocksList().stream())
                .toList();
        var html = blocks.stream()
                .filter(ContentBlock::hasHtml)
                .map(ContentBlock::getHtml)
                .toList();
        assertThat(html).noneMatch(text -> text.getHtml().contains("aula-media:"));
        var named =
                html.stream().flatMap(text -> text.getAssetIdsList().stream()).toList();
        assertThat(named).isNotEmpty().allSatisfy(id -> {
            var asset = asset(id);
            assertThat(asset.getCourseId()).isEqualTo(course.getId());
            assertThat(asset.getVisibility()).isEqualTo(AssetVisibility.ASSET_VISIBILITY_COURSE);
            assertThat(asset.getOwnerId()).isEqualTo(author.id().toString());
        });
    }

    @Test
    void pointsLinksBetweenPagesToTheNewLessons() throws Exception {
        var link = "<html url_name=\"h1\"><a href=\"/jump_to_id/v1\">again</a></html>";
        var course = course(ended(importing(ArchiveBuilder.aCourse(link))));
        var lesson = lessons(course).getFirst();
        var page = content(lesson).getPages(0);
        assertThat(page.getBlocks(0).getHtml().getHtml())
                .contains("href=\"aula-lesson:" + lesson.getId() + "/" + page.getId() + "\"");
    }

    @Test
    void failsForAnArchiveThatIsUnsafe() throws Exception {
        var hostile = ArchiveBuilder.aCourse("").special("course/static/passwd", TarConstants.LF_SYMLINK);
        var operation = ended(importing(hostile));
        assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
        assertThat(operation.getFailure()).contains("unsafe").contains("LINK").contains("course/static/passwd");
        assertThat(operation.getResourceId()).isEmpty();
    }

    @Test
    void failsForAnArchiveWithoutACourse() throws Exception {
        var operation = ended(importing(ArchiveBuilder.anArchive().file("notes.txt", "nothing")));
        assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_FAILED);
        assertThat(operation.getFailure()).contains("no Open edX course");
    }

    @Test
    void takesBackWhatItMadeWhenItIsCancelled() throws Exception {
        var images = new StringBuilder();
        IntStream.range(0, 300).forEach(number -> images.append("<img src=\"/static/" + number + ".png\"/>"));
        var archive = ArchiveBuilder.aCourse("<html url_name=\"h1\">" + images + "</html>");
        for (var number = 0; number < 300; number++) {
            archive.file("course/static/" + number + ".png", png(number + 1));
        }

        var begun = importing(archive);
        Await.until("some files are stored", () -> operation(begun).getDone() > 2);
        campus.courses(author)
                .cancelOperation(CancelOperationRequest.newBuilder()
                        .setOperationId(begun.getId())
                        .build());
        var operation = ended(begun);

        assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_CANCELLED);
        assertThat(operation.getDone()).isLessThan(operation.getTotal());
        assertNothingIsLeft(operation.getResourceId());
    }

    @Test
    void beginsAgainWithoutLeavingsWhenItsProcessDied() throws Exception {
        var first = ended(importing(demoCourse()));

        dieBeforeTheEndIsWritten(first);
        Await.until("it begins again", () -> !operation(first).getResourceId().equals(first.getResourceId()));
        var second = ended(first);

        assertThat(second.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(second.getIssueCount()).isEqualTo(1);
        assertThat(lessons(course(second))).hasSize(3);
        assertThat(asset(course(second).getThumbnailAssetId()).getCourseId()).isEqualTo(second.getResourceId());
        assertNothingIsLeft(first.getResourceId());
    }

    @Test
    void beginsAgainWithoutLeavingsWhileAssignmentsIsAway() throws Exception {
        var problem = "<problem><stringresponse answer='yes'><label>?</label></stringresponse></problem>";
        var begun = importing(ArchiveBuilder.aCourse("<html><p>text</p></html>" + problem));
        Await.until(
                "it has made a course", () -> !operation(begun).getResourceId().isEmpty());
        var first = operation(begun).getResourceId();
        Await.until("it begins again", () -> !operation(begun).getResourceId().equals(first));
        assertNothingIsLeft(first);

        campus.courses(author)
                .cancelOperation(CancelOperationRequest.newBuilder()
                        .setOperationId(begun.getId())
                        .build());
        assertThat(ended(begun).getState()).isEqualTo(OperationState.OPERATION_STATE_CANCELLED);
    }

    @Test
    void answersTheSameRequestWithTheSameOperation() throws Exception {
        var request = request(upload(demoCourse()));
        var first = campus.courses(author).importCourse(request).getOperation();
        assertThat(campus.courses(author).importCourse(request).getOperation()).isEqualTo(first);
        ended(first);
    }

    @Test
    void refusesAnArchiveThatIsNotTheCallers() throws Exception {
        var ofSomebodyElse =
                new Uploader(platform).upload(campus.author(), demoCourse().writeTo(folder));
        for (var assetId : List.of(ofSomebodyElse, UUID.randomUUID().toString())) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_ASSET_NOT_FOUND,
                    () -> campus.courses(author).importCourse(request(assetId)));
        }
    }

    @Test
    void refusesAnArchiveThatIsNotUploadedYet() throws Exception {
        var announced = new Uploader(platform)
                .announce(author, demoCourse().writeTo(folder))
                .getAsset();
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ASSET_NOT_READY,
                () -> campus.courses(author).importCourse(request(announced.getId())));
    }

    @Test
    void showsItsOperationToItsOwnerAndOperatorsOnly() throws Exception {
        var operation = ended(importing(demoCourse()));
        var get = GetOperationRequest.newBuilder()
                .setOperationId(operation.getId())
                .build();
        assertThat(campus.courses(campus.administrator())
                        .getOperation(get)
                        .getOperation()
                        .getId())
                .isEqualTo(operation.getId());
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_OPERATION_NOT_FOUND,
                () -> campus.courses(campus.author()).getOperation(get));
    }

    private static byte[] png(int width) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, 1, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
        return bytes.toByteArray();
    }

    /// With a problem that is no quiz: assignments, which makes those, does not run here.
    private static ArchiveBuilder demoCourse() throws IOException {
        var archive = ArchiveBuilder.anArchive();
        var problem = "<problem display_name='Which query does the index serve?'><customresponse/></problem>";
        try (var files = Files.walk(DEMO)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = DEMO.relativize(file).toString().replace('\\', '/');
                archive.file(
                        "course/" + name,
                        name.startsWith("problem/")
                                ? problem.getBytes(StandardCharsets.UTF_8)
                                : Files.readAllBytes(file));
            }
        }
        return archive;
    }

    private String upload(ArchiveBuilder archive) throws Exception {
        return new Uploader(platform).upload(author, archive.writeTo(folder));
    }

    private Operation importing(ArchiveBuilder archive) throws Exception {
        return campus.courses(author).importCourse(request(upload(archive))).getOperation();
    }

    private static ImportCourseRequest request(String assetId) {
        return ImportCourseRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setAssetId(assetId)
                .build();
    }

    private Operation operation(Operation operation) {
        return campus.courses(author)
                .getOperation(GetOperationRequest.newBuilder()
                        .setOperationId(operation.getId())
                        .build())
                .getOperation();
    }

    private Operation ended(Operation operation) throws Exception {
        Await.until("the import ends", () -> operation(operation).hasEndTime());
        return operation(operation);
    }

    private Course course(Operation operation) {
        return campus.courses(author)
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(operation.getResourceId())
                        .build())
                .getCourse();
    }

    private List<Lesson> lessons(Course course) {
        var sections = campus.sections(author)
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(course.getId())
                        .build())
                .getLists(0)
                .getSectionsList();
        return campus
                .lessons(author)
                .batchListLessons(BatchListLessonsRequest.newBuilder()
                        .addAllSectionIds(sections.stream().map(Section::getId).toList())
                        .build())
                .getListsList()
                .stream()
                .map(LessonList::getLessonsList)
                .flatMap(List::stream)
                .toList();
    }

    private LessonContent content(Lesson lesson) {
        return campus.lessons(author)
                .getLessonContent(GetLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .build())
                .getContent();
    }

    private Asset asset(String id) {
        return ContentServiceGrpc.newBlockingStub(platform.as(author, "content"))
                .getAsset(GetAssetRequest.newBuilder().setAssetId(id).build())
                .getAsset();
    }

    /// As the tables look when everything was made and the process was killed one statement before the end.
    private static void dieBeforeTheEndIsWritten(Operation operation) {
        platform.superuser().useTransaction(handle -> {
            handle.execute(
                    "UPDATE courses.operations SET state = 'RUNNING', ended_at = NULL WHERE id = CAST(? AS uuid)",
                    operation.getId());
            handle.execute("""
                    INSERT INTO courses.scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                    VALUES ('operation', ?, now(), false, 1, 50)
                    """, operation.getId());
        });
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
