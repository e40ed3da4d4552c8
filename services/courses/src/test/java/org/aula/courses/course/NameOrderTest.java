package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.CreateTagRequest;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ListTagsRequest;
import org.aula.api.courses.v1.SetCourseTagsRequest;
import org.aula.api.courses.v1.Tag;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.courses.Campus;
import org.aula.kernel.sort.SortKeyJob;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Lists by titles and names, page by page.
class NameOrderTest {

    private static final List<String> NAMES = List.of(
            "Zoo",
            "10 steps",
            "Delaware",
            "Eve",
            "Жук",
            "2 steps",
            "De Ville",
            "Ёлка",
            "Ärger",
            "de la Cruz",
            "été",
            "1 step");
    private static final List<String> ORDERED = List.of(
            "1 step",
            "2 steps",
            "10 steps",
            "Ärger",
            "de la Cruz",
            "De Ville",
            "Delaware",
            "été",
            "Eve",
            "Zoo",
            "Ёлка",
            "Жук");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @Test
    void coursesByTitle() {
        NAMES.forEach(name -> campus.draft(author, name));
        assertThat(titles()).isEqualTo(ORDERED);
    }

    @Test
    void aPageGoesOnBehindACourseThatHasAnotherTitleByNowOrIsGone() {
        var courses = List.of("A 1", "A 2", "A 3", "A 10").stream()
                .map(title -> campus.draft(author, title))
                .toList();
        var request = request().setPageSize(2);
        var page = campus.courses(author).listCourses(request.build());
        assertThat(page.getCoursesList()).extracting(Course::getTitle).containsExactly("A 1", "A 2");
        retitle(courses.get(1), "Z");
        request.setPageToken(page.getNextPageToken());
        assertThat(campus.courses(author).listCourses(request.build()).getCoursesList())
                .extracting(Course::getTitle)
                .containsExactly("A 3", "A 10");
    }

    @Test
    void tagsByName() {
        var mark = "t" + UUID.randomUUID().toString().substring(0, 8) + " ";
        NAMES.forEach(name -> tag(mark + name));
        var names = new ArrayList<String>();
        var request = ListTagsRequest.newBuilder().setPrefix(mark).setPageSize(5);
        do {
            var page = campus.tags(author).listTags(request.build());
            page.getTagsList().forEach(tag -> names.add(tag.getName().substring(mark.length())));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        assertThat(names).isEqualTo(ORDERED);
    }

    @Test
    void tagsOfACourse() {
        var mark = UUID.randomUUID().toString().substring(0, 8) + " ";
        var ids = List.of("10", "9", "a").stream()
                .map(name -> tag(mark + name).getId())
                .toList();
        var course = campus.draft(author, "Tagged");
        var tagged = campus.courses(author)
                .setCourseTags(SetCourseTagsRequest.newBuilder()
                        .setCourseId(course.getId())
                        .addAllTagIds(ids)
                        .build())
                .getCourse();
        assertThat(tagged.getTagsList()).extracting(Tag::getName).containsExactly(mark + "9", mark + "10", mark + "a");
        assertThat(campus.courses(author)
                        .listCourses(request().build())
                        .getCourses(0)
                        .getTagsList())
                .extracting(Tag::getName)
                .containsExactly(mark + "9", mark + "10", mark + "a");
    }

    @Test
    void categoriesByNameBelowOneParent() {
        var parent = campus.category("Parent " + UUID.randomUUID(), "");
        NAMES.forEach(name -> campus.category(name, parent));
        var names = new ArrayList<String>();
        var request = ListCategoriesRequest.newBuilder().setPageSize(7);
        do {
            var page = campus.categories(author).listCategories(request.build());
            page.getCategoriesList().stream()
                    .filter(category -> category.getParentId().equals(parent))
                    .map(Category::getName)
                    .forEach(names::add);
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        assertThat(names).isEqualTo(ORDERED);
    }

    /// Rows that know no key, or the key of another ICU, as an older version writes them.
    @Test
    void keysOfAnotherVersionAreMadeAnew() throws Exception {
        var courses = List.of("A 9", "A 10", "A 11").stream()
                .map(title -> campus.draft(author, title))
                .toList();
        platform.superuser().useHandle(handle -> {
            handle.execute(
                    "UPDATE courses.courses SET title = 'A 2' WHERE id = CAST(? AS uuid)",
                    courses.get(1).getId());
            handle.execute(
                    "UPDATE courses.courses SET sort_key = '\\xff00' WHERE id = CAST(? AS uuid)",
                    courses.getFirst().getId());
        });
        var job = platform.bean("courses", SortKeyJob.class);
        assertThat(titles()).containsExactly("A 2", "A 11", "A 9");
        platform.inside("courses", () -> {
            job.run();
            return true;
        });
        assertThat(titles()).containsExactly("A 2", "A 9", "A 11");
        int outdated = platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM courses.courses WHERE sort_key < '\\x01' OR sort_key > '\\x02'")
                        .mapTo(Integer.class)
                        .one());
        assertThat(outdated).isZero();
    }

    private List<String> titles() {
        var titles = new ArrayList<String>();
        var request = request().setPageSize(5);
        do {
            var page = campus.courses(author).listCourses(request.build());
            page.getCoursesList().forEach(course -> titles.add(course.getTitle()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return titles;
    }

    private ListCoursesRequest.Builder request() {
        return ListCoursesRequest.newBuilder()
                .setFilter(CourseFilter.newBuilder()
                        .setInstructorId(author.id().toString())
                        .setStatus(CourseStatus.COURSE_STATUS_DRAFT))
                .setOrderBy(CourseOrder.COURSE_ORDER_TITLE);
    }

    private void retitle(Course course, String title) {
        campus.courses(author)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
                        .setCourse(CourseChanges.newBuilder().setTitle(title))
                        .build());
    }

    private Tag tag(String name) {
        return campus.tags(campus.administrator())
                .createTag(CreateTagRequest.newBuilder()
                        .setRequestId(Campus.newId())
                        .setName(name)
                        .build())
                .getTag();
    }
}
