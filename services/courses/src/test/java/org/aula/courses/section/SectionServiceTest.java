package org.aula.courses.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SectionList;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SectionServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);

    @Test
    void addsEachSectionBehindTheLast() {
        var author = campus.author();
        var course = campus.draft(author, "Parts");
        var one = campus.section(author, course, "One");
        var two = campus.section(author, course, "Two");
        assertThat(List.of(one.getSortOrder(), two.getSortOrder())).containsExactly(0, 1);
    }

    @Test
    void listsInTheOrderAskedForWithTotals() {
        var author = campus.author();
        var hidden = campus.draft(author, "Hidden");
        campus.section(author, hidden, "Hidden");
        var open = campus.published(author, "Open");
        campus.section(author, open, "Second");
        campus.section(author, open, "Third");
        var unknown = Campus.newId();

        var request = BatchListSectionsRequest.newBuilder()
                .addAllCourseIds(List.of(unknown, hidden.getId(), open.getId()))
                .setFirst(2)
                .build();
        var lists = campus.sections(campus.learner()).batchListSections(request).getListsList();

        assertThat(lists).extracting(SectionList::getCourseId).containsExactlyElementsOf(request.getCourseIdsList());
        assertThat(lists).extracting(SectionList::getTotal).containsExactly(0, 0, 3);
        assertThat(lists.getLast().getSectionsList())
                .extracting(Section::getTitle)
                .containsExactly("Section", "Second");
        assertThat(campus.sections(author)
                        .batchListSections(request)
                        .getLists(1)
                        .getTotal())
                .isEqualTo(1);
    }

    @Test
    void answersTheSameRequestTwiceAlikeToTheOwnerOnly() throws Exception {
        var author = campus.author();
        var course = campus.published(author, "Mine");
        var request = CreateSectionRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setCourseId(course.getId())
                .setTitle("More")
                .build();
        var first = campus.sections(author).createSection(request);
        assertThat(campus.sections(author).createSection(request)).isEqualTo(first);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> campus.sections(campus.author()).createSection(request));
    }

    @Test
    void needsACourseThatExistsForTheCaller() throws Exception {
        var draft = campus.draft(campus.author(), "Hidden");
        for (var courseId : List.of(draft.getId(), UUID.randomUUID().toString())) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                    () -> campus.sections(campus.author())
                            .createSection(CreateSectionRequest.newBuilder()
                                    .setRequestId(Campus.newId())
                                    .setCourseId(courseId)
                                    .setTitle("Mine")
                                    .build()));
        }
    }
}
