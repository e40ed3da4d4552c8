package org.aula.courses.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.aula.api.common.v1.Money;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.ExerciseBlock;
import org.aula.api.courses.v1.ExerciseKind;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.InteractiveBlock;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.ResourceBlock;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SetCoursePrerequisitesRequest;
import org.aula.api.courses.v1.SetCourseTagsRequest;
import org.aula.api.courses.v1.SetLessonPrerequisitesRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.api.operations.v1.Operation;
import org.aula.courses.Campus;
import org.aula.courses.media.FileTransfer;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// What tests of whole courses share: a course that has some of everything, and how it is read.
public record Shelves(TestPlatform platform, Campus campus, TestUser author, Path folder) {

    /// The assets of [#aFullCourse].
    public record Full(Course course, List<Lesson> lessons, Asset picture, Asset handout, Asset ofTheLesson) {}

    public Full aFullCourse() throws Exception {
        var draft = campus.draft(author, "Whole");
        var one = campus.section(author, draft, "One");
        var first = campus.lesson(author, one, "First", true);
        var second = campus.lesson(author, campus.section(author, draft, "Two"), "Second");
        var picture = upload(author, png(), "picture.png", "image/png", draft.getId(), "", visible("PUBLIC"));
        var handout = upload(author, "handout", draft.getId(), "");
        var ofTheLesson = upload(author, "of the lesson", draft.getId(), first.getId());
        describe(draft, picture);
        meet(second, first);
        write(
                second,
                html("<p>Look <a href=\"aula-lesson:" + first.getId() + "/p\">back</a> at <img src=\"aula-asset:"
                        + picture.getId() + "\" alt=\"it\" /> &lt;</p>"),
                ContentBlock.newBuilder()
                        .setVideo(VideoBlock.newBuilder()
                                .setTitle("Talk")
                                .setAssetId(ofTheLesson.getId())
                                .setStart(Duration.newBuilder().setSeconds(3))
                                .putTranscriptAssetIds("en", handout.getId()))
                        .build(),
                ContentBlock.newBuilder()
                        .setMedia(MediaBlock.newBuilder().setTitle("Handout").setAssetId(handout.getId()))
                        .build(),
                ContentBlock.newBuilder()
                        .setResource(
                                ResourceBlock.newBuilder().setTitle("Again").setAssetId(handout.getId()))
                        .build(),
                ContentBlock.newBuilder()
                        .setExercise(ExerciseBlock.newBuilder()
                                .setKind(ExerciseKind.EXERCISE_KIND_CODE)
                                .setPrompt("<p>Sort</p>")
                                .setSolution("<p>So</p>"))
                        .build(),
                ContentBlock.newBuilder()
                        .setInteractive(
                                InteractiveBlock.newBuilder().setKind("map").setJson("{\"a\": \"<b>\"}"))
                        .build());
        var course = course(draft.getId());
        return new Full(course, lessons(course), picture, handout, ofTheLesson);
    }

    private void describe(Course draft, Asset picture) {
        campus.courses(author)
                .setCourseTags(SetCourseTagsRequest.newBuilder()
                        .setCourseId(draft.getId())
                        .addTagIds(campus.tag("Kept"))
                        .build());
        campus.courses(author)
                .setCoursePrerequisites(SetCoursePrerequisitesRequest.newBuilder()
                        .setCourseId(draft.getId())
                        .addPrerequisiteCourseIds(
                                campus.published(author, "Before").getId())
                        .build());
        var mask = FieldMask.newBuilder();
        CourseChanges.getDescriptor().getFields().forEach(field -> mask.addPaths(field.getName()));
        campus.courses(author)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(draft.getId())
                        .setUpdateMask(mask)
                        .setCourse(CourseChanges.newBuilder()
                                .setTitle("Whole")
                                .setShortDescription("Short")
                                .setFullDescription(
                                        "<p>Long <img src=\"aula-asset:" + picture.getId() + "\" alt=\"\" /></p>")
                                .setCategoryId(campus.category("Kept " + Campus.newId(), ""))
                                .setLevel(CourseLevel.COURSE_LEVEL_ADVANCED)
                                .setLanguageCode("pt-BR")
                                .setPrice(dollars(500))
                                .setOriginalPrice(dollars(900))
                                .setMaxStudents(12)
                                .setEstimatedDurationHours(7)
                                .addRequirements("Patience")
                                .addLearningObjectives("Much")
                                .addTargetAudience("All")
                                .setThumbnailAssetId(picture.getId())
                                .setTrailerVideoUrl("https://example.org/trailer"))
                        .build());
    }

    private void meet(Lesson lesson, Lesson before) {
        campus.lessons(author)
                .updateLesson(UpdateLessonRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setUpdateMask(FieldMask.newBuilder()
                                .addPaths("type")
                                .addPaths("duration")
                                .addPaths("mandatory")
                                .addPaths("external_url")
                                .addPaths("live_time")
                                .addPaths("release_time"))
                        .setType(LessonType.LESSON_TYPE_LIVE_SESSION)
                        .setDuration(Duration.newBuilder().setSeconds(90))
                        .setExternalUrl("https://example.org/meet")
                        .setLiveTime(Timestamp.newBuilder().setSeconds(1_900_000_000))
                        .setReleaseTime(Timestamp.newBuilder().setSeconds(1_500_000_000))
                        .build());
        campus.lessons(author)
                .setLessonPrerequisites(SetLessonPrerequisitesRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .addPrerequisiteLessonIds(before.getId())
                        .build());
    }

    public LessonContent write(Lesson lesson, ContentBlock... blocks) {
        return campus.lessons(author)
                .updateLessonContent(UpdateLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .addPages(LessonPage.newBuilder()
                                .setId("p")
                                .setTitle("Page")
                                .addAllBlocks(List.of(blocks)))
                        .build())
                .getContent();
    }

    public static ContentBlock html(String html) {
        return ContentBlock.newBuilder()
                .setHtml(HtmlBlock.newBuilder().setHtml(html))
                .build();
    }

    public Asset upload(TestUser owner, String text, String courseId, String lessonId) throws Exception {
        return upload(
                owner,
                text.getBytes(StandardCharsets.UTF_8),
                "notes.txt",
                "text/plain",
                courseId,
                lessonId,
                visible("COURSE"));
    }

    public Asset uploadPrivate(TestUser owner, String text) throws Exception {
        return upload(
                owner, text.getBytes(StandardCharsets.UTF_8), "secret.txt", "text/plain", "", "", visible("PRIVATE"));
    }

    private Asset upload(
            TestUser owner,
            byte[] bytes,
            String name,
            String mediaType,
            String courseId,
            String lessonId,
            AssetVisibility visibility)
            throws Exception {
        var announced = content(owner)
                .createUpload(CreateUploadRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setFileName(name)
                        .setMediaType(mediaType)
                        .setSizeBytes(bytes.length)
                        .setSha256(Hashing.sha256().hashBytes(bytes).toString())
                        .setCourseId(courseId)
                        .setLessonId(lessonId)
                        .setVisibility(visibility)
                        .build());
        var file = Files.write(Files.createTempFile(folder, "upload", ""), bytes);
        new FileTransfer().upload(file, URI.create(announced.getUploadUrl()), announced.getHeadersMap());
        return content(owner)
                .completeUpload(CompleteUploadRequest.newBuilder()
                        .setAssetId(announced.getAsset().getId())
                        .build())
                .getAsset();
    }

    public ContentServiceBlockingStub content(TestUser user) {
        return ContentServiceGrpc.newBlockingStub(platform.as(user, "content"));
    }

    public BatchGetDownloadsResponse downloads(TestUser user, String... assetIds) {
        return content(user)
                .batchGetDownloads(BatchGetDownloadsRequest.newBuilder()
                        .addAllAssetIds(List.of(assetIds))
                        .build());
    }

    /// The bytes of an asset as a user gets them.
    public Path download(TestUser user, String assetId) throws Exception {
        var found = downloads(user, assetId).getDownloads(0);
        var file = Files.createTempFile(folder, "download", "");
        new FileTransfer().download(URI.create(found.getUrl()), file, 1 << 30, () -> {});
        return file;
    }

    public Operation ended(Operation operation) throws Exception {
        Await.until("the operation ends", () -> operation(operation).hasEndTime());
        return operation(operation);
    }

    public Operation operation(Operation operation) {
        return campus.courses(author)
                .getOperation(GetOperationRequest.newBuilder()
                        .setOperationId(operation.getId())
                        .build())
                .getOperation();
    }

    public Course course(String id) {
        return campus.courses(author)
                .getCourse(GetCourseRequest.newBuilder().setCourseId(id).build())
                .getCourse();
    }

    public List<Section> sections(Course course) {
        return campus.sections(author)
                .batchListSections(BatchListSectionsRequest.newBuilder()
                        .addCourseIds(course.getId())
                        .build())
                .getLists(0)
                .getSectionsList();
    }

    public List<Lesson> lessons(Course course) {
        return campus
                .lessons(author)
                .batchListLessons(BatchListLessonsRequest.newBuilder()
                        .addAllSectionIds(
                                sections(course).stream().map(Section::getId).toList())
                        .build())
                .getListsList()
                .stream()
                .flatMap(list -> list.getLessonsList().stream())
                .toList();
    }

    public LessonContent content(Lesson lesson) {
        return campus.lessons(author)
                .getLessonContent(GetLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .build())
                .getContent();
    }

    /// That a course is like another one, field by field, whatever the ids; and its media byte by byte.
    void assertAlike(Full original, Course copy) {
        var lessons = lessons(copy);
        var picture = copy.getThumbnailAssetId();
        var blocks = content(lessons.get(1)).getPages(0).getBlocksList();
        var ofTheLesson = blocks.get(1).getVideo().getAssetId();
        var handout = blocks.get(2).getMedia().getAssetId();
        assertThat(List.of(picture, handout, ofTheLesson))
                .doesNotContain(
                        original.picture().getId(),
                        original.handout().getId(),
                        original.ofTheLesson().getId());
        var names = new Names(List.of(
                List.of(copy.getId(), original.course().getId()),
                List.of(picture, original.picture().getId()),
                List.of(handout, original.handout().getId()),
                List.of(ofTheLesson, original.ofTheLesson().getId()),
                List.of(lessons.get(0).getId(), original.lessons().get(0).getId()),
                List.of(lessons.get(1).getId(), original.lessons().get(1).getId())));

        assertThat(names.of(bare(copy))).isEqualTo(bare(original.course()).toString());
        assertThat(sections(copy).stream().map(Shelves::bare).toList())
                .isEqualTo(
                        sections(original.course()).stream().map(Shelves::bare).toList());
        for (var index = 0; index < lessons.size(); index++) {
            var lesson = original.lessons().get(index);
            assertThat(names.of(bare(lessons.get(index))))
                    .isEqualTo(bare(lesson).toString());
            assertThat(names.of(content(lessons.get(index)).toBuilder()
                            .clearUpdateTime()
                            .build()))
                    .isEqualTo(content(lesson).toBuilder()
                            .clearUpdateTime()
                            .build()
                            .toString());
        }
        assertSameFile(original.picture(), picture, names);
        assertSameFile(original.handout(), handout, names);
        assertSameFile(original.ofTheLesson(), ofTheLesson, names);
    }

    private void assertSameFile(Asset original, String copyId, Names names) {
        var copy = downloads(author, copyId).getDownloads(0).getAsset();
        assertThat(copy.getSha256()).isEqualTo(original.getSha256());
        assertThat(copy.getFileName()).isEqualTo(original.getFileName());
        assertThat(copy.getMediaType()).isEqualTo(original.getMediaType());
        assertThat(copy.getVisibility()).isEqualTo(original.getVisibility());
        assertThat(names.of(copy.getCourseId())).isEqualTo(original.getCourseId());
        assertThat(names.of(copy.getLessonId())).isEqualTo(original.getLessonId());
    }

    /// Reads the ids of a copy as those of the original.
    ///
    /// @param pairs the copy's id, then the original's
    private record Names(List<List<String>> pairs) {
        String of(Object copy) {
            var text = copy.toString();
            for (var pair : pairs) {
                text = text.replace(pair.getFirst(), pair.getLast());
            }
            return text;
        }
    }

    private static Course bare(Course course) {
        return course.toBuilder()
                .clearSlug()
                .clearEtag()
                .clearCreateTime()
                .clearUpdateTime()
                .build();
    }

    private static Section bare(Section section) {
        return section.toBuilder().clearId().clearCourseId().clearEtag().build();
    }

    private static Lesson bare(Lesson lesson) {
        return lesson.toBuilder().clearSectionId().clearEtag().clearUpdateTime().build();
    }

    private static AssetVisibility visible(String name) {
        return AssetVisibility.valueOf("ASSET_VISIBILITY_" + name);
    }

    private static Money dollars(long cents) {
        return Money.newBuilder().setAmountMinor(cents).setCurrencyCode("USD").build();
    }

    private static byte[] png() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
        return bytes.toByteArray();
    }
}
