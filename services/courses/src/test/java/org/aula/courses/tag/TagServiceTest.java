package org.aula.courses.tag;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.BatchGetTagsRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CreateTagRequest;
import org.aula.api.courses.v1.DeleteTagRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ListTagsRequest;
import org.aula.api.courses.v1.SetCourseTagsRequest;
import org.aula.api.courses.v1.Tag;
import org.aula.api.courses.v1.UpdateTagRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TagServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser administrator = campus.administrator();

    @Test
    void isMadeOnceWhateverTheCaseOfItsLetters() throws Exception {
        var request = CreateTagRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setName("Graphs " + Campus.newId().substring(0, 13))
                .build();
        var tag = campus.tags(administrator).createTag(request).getTag();
        assertThat(tag.getColor()).isEqualTo("#007bff");
        assertThat(campus.tags(administrator).createTag(request).getTag()).isEqualTo(tag);
        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_TAG_NAME_TAKEN,
                () -> campus.tags(administrator)
                        .createTag(request.toBuilder()
                                .setRequestId(Campus.newId())
                                .setName(request.getName().toUpperCase(java.util.Locale.ROOT))
                                .build()));
    }

    @Test
    void manyAreGivenInTheOrderAskedForByOneStatement() throws Exception {
        var ids = IntStream.range(0, 3)
                .mapToObj(number -> campus.tags(administrator)
                        .createTag(CreateTagRequest.newBuilder()
                                .setRequestId(Campus.newId())
                                .setName("Batch " + Campus.newId())
                                .build())
                        .getTag()
                        .getId())
                .toList();
        var unknown = "019b76da-a800-7000-8000-00000000dead";
        var request = BatchGetTagsRequest.newBuilder()
                .addTagIds(ids.get(2))
                .addTagIds(unknown)
                .addTagIds(ids.get(0))
                .build();

        var answer = campus.tags(administrator).batchGetTags(request);

        assertThat(answer.getTagsList()).extracting(Tag::getId).containsExactly(ids.get(2), ids.get(0));
        assertThat(answer.getMissingIdsList()).containsExactly(unknown);
        var few = platform.statements(
                "courses",
                () -> campus.tags(administrator)
                        .batchGetTags(request.toBuilder()
                                .clearTagIds()
                                .addTagIds(unknown)
                                .build()));
        assertThat(platform.statements(
                        "courses", () -> campus.tags(administrator).batchGetTags(request)))
                .isEqualTo(few);
        for (var wrong : List.of(
                BatchGetTagsRequest.getDefaultInstance(),
                request.toBuilder().addTagIds(unknown).build(),
                BatchGetTagsRequest.newBuilder().addTagIds("x").build(),
                BatchGetTagsRequest.newBuilder()
                        .addAllTagIds(IntStream.range(0, 201)
                                .mapToObj(number -> Campus.newId())
                                .toList())
                        .build())) {
            Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> campus.tags(administrator).batchGetTags(wrong));
        }
    }

    @Test
    void isMadeOnceByManyAtOnce() throws Exception {
        var word = "Race " + Campus.newId().substring(0, 13);
        var refused = Campus.refusedOfAtOnce(IntStream.range(0, 8)
                .<Refusal.Call>mapToObj(number -> () -> campus.tags(administrator)
                        .createTag(CreateTagRequest.newBuilder()
                                .setRequestId(Campus.newId())
                                .setName(word)
                                .build()))
                .toList());
        assertThat(refused)
                .hasSize(7)
                .allSatisfy(refusal -> assertThat(refusal.reason()).isEqualTo("TAG_NAME_TAKEN"));
    }

    @Test
    void changesWhatTheMaskNames() throws Exception {
        var id = campus.tag("old");
        var word = "New " + Campus.newId().substring(0, 13);
        var changed = update(UpdateTagRequest.newBuilder()
                .setTagId(id)
                .setUpdateMask(mask("name"))
                .setName(word)
                .setColor("#00ff00")
                .build());
        assertThat(changed.getName()).isEqualTo(word);
        assertThat(changed.getColor()).isEqualTo("#007bff");
        assertThat(update(UpdateTagRequest.newBuilder()
                                .setTagId(id)
                                .setUpdateMask(mask("color"))
                                .setColor("#00ff00")
                                .build())
                        .getColor())
                .isEqualTo("#00ff00");
        var other = campus.tag("other");
        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_TAG_NAME_TAKEN,
                () -> update(UpdateTagRequest.newBuilder()
                        .setTagId(other)
                        .setUpdateMask(mask("name"))
                        .setName(word)
                        .build()));
        var empty = Refusal.of(() -> update(UpdateTagRequest.newBuilder()
                .setTagId(other)
                .setUpdateMask(mask("name"))
                .build()));
        assertThat(empty.fields()).containsExactly("name");
        var unknown = Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_TAG_NOT_FOUND,
                () -> update(UpdateTagRequest.newBuilder()
                        .setTagId(Campus.newId())
                        .setUpdateMask(mask("name"))
                        .setName("Nobody's")
                        .build()));
        assertThat(unknown.metadata()).containsKey("tag_id");
    }

    @Test
    void isListedByNamePageByPageWithItsPublishedCourses() throws Exception {
        var stem = "L" + Campus.newId().substring(0, 8);
        var names = List.of(stem + " b", stem + " A", stem + " c%", stem + " _d");
        for (var name : names) {
            campus.tags(administrator)
                    .createTag(CreateTagRequest.newBuilder()
                            .setRequestId(Campus.newId())
                            .setName(name)
                            .build());
        }
        var listed = list(stem, 2);
        assertThat(listed)
                .extracting(Tag::getName)
                .containsExactly(stem + " _d", stem + " A", stem + " b", stem + " c%");
        assertThat(list(stem + " c%", 5)).hasSize(1);
        assertThat(list(stem + "%", 5)).isEmpty();

        var author = campus.author();
        var tagId = listed.getFirst().getId();
        set(author, campus.published(author, "Open"), tagId);
        set(author, campus.draft(author, "Draft"), tagId);
        assertThat(list(stem, 5).getFirst().getCourseCount()).isEqualTo(1);

        assertThat(platform.statements("courses", () -> list(stem, 5))).isEqualTo(1);
    }

    @Test
    void isGivenToACourseByItsOwnerAndShownByName() throws Exception {
        var author = campus.author();
        var course = campus.published(author, "Tagged");
        var z = campus.tag("z");
        var a = campus.tag("a");
        var tagged = set(author, course, z, a);
        assertThat(tagged.getTagsList()).extracting(Tag::getId).containsExactly(a, z);
        assertThat(tagged.getEtag()).isNotEqualTo(course.getEtag());
        assertThat(set(author, course, z, a)).as("the same again").isEqualTo(tagged);
        assertThat(set(author, course, z).getTagsList()).extracting(Tag::getId).containsExactly(z);
        assertThat(events(course)).containsExactly("CoursePublished", "CourseUpdated", "CourseUpdated");

        var unknown = Campus.newId();
        var refusal = Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_TAG_NOT_FOUND, () -> set(author, course, a, unknown));
        assertThat(refusal.metadata()).containsEntry("tag_id", unknown);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> set(campus.author(), course, a));
        assertThat(read(course).getTagsList()).extracting(Tag::getId).containsExactly(z);
    }

    @Test
    void isTakenFromEveryCourseWhenItIsDeleted() throws Exception {
        var author = campus.author();
        var course = campus.published(author, "Tagged");
        var tag = campus.tag("gone");
        set(author, course, tag);
        var delete = DeleteTagRequest.newBuilder().setTagId(tag).build();
        campus.tags(administrator).deleteTag(delete);
        assertThat(read(course).getTagsList()).isEmpty();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_TAG_NOT_FOUND,
                () -> campus.tags(administrator).deleteTag(delete));
    }

    @Test
    void isMadeChangedAndDeletedByThoseWhoHoldThePermission() throws Exception {
        var stub = campus.tags(campus.author());
        List<Refusal.Call> calls = List.of(
                () -> stub.createTag(CreateTagRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setName("Mine")
                        .build()),
                () -> stub.updateTag(UpdateTagRequest.newBuilder()
                        .setTagId(Campus.newId())
                        .setUpdateMask(mask("name"))
                        .setName("Mine")
                        .build()),
                () -> stub.deleteTag(
                        DeleteTagRequest.newBuilder().setTagId(Campus.newId()).build()));
        for (var call : calls) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING, call);
        }
    }

    private Tag update(UpdateTagRequest request) {
        return campus.tags(administrator).updateTag(request).getTag();
    }

    private List<Tag> list(String prefix, int pageSize) {
        var all = new ArrayList<Tag>();
        var request = ListTagsRequest.newBuilder().setPrefix(prefix).setPageSize(pageSize);
        do {
            var page = campus.tags(administrator).listTags(request.build());
            all.addAll(page.getTagsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return all;
    }

    private Course set(TestUser user, Course course, String... tagIds) {
        return campus.courses(user)
                .setCourseTags(SetCourseTagsRequest.newBuilder()
                        .setCourseId(course.getId())
                        .addAllTagIds(List.of(tagIds))
                        .build())
                .getCourse();
    }

    private Course read(Course course) {
        return campus.coursesAnonymously()
                .getCourse(GetCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse();
    }

    private static List<String> events(Course course) {
        return Campus.events(platform, course.getId());
    }

    private static FieldMask mask(String... fields) {
        return FieldMask.newBuilder().addAllPaths(List.of(fields)).build();
    }
}
