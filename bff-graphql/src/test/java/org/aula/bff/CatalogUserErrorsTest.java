package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import org.aula.bff.testing.Forms;
import org.aula.bff.testing.TestGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which field of a form a refusal of courses or content is about.
@Tag("fast")
class CatalogUserErrorsTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final Forms FORMS = new Forms(GATEWAY);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            updateCategory(input: {categoryId: "CATEGORY", parentId: "CATEGORY"}) | INVALID_ARGUMENT | CATEGORY_CYCLE | parentId
            createCategory(input: {name: "n"}) | FAILED_PRECONDITION | CATEGORY_TOO_DEEP | parentId
            deleteCategory(input: {categoryId: "CATEGORY"}) | FAILED_PRECONDITION | CATEGORY_IN_USE | categoryId
            reorderCategories(input: {categoryIds: ["CATEGORY"]}) | INVALID_ARGUMENT | ORDER_INCOMPLETE | categoryIds
            createTag(input: {name: "n"}) | ALREADY_EXISTS | TAG_NAME_TAKEN | name
            updateTag(input: {tagId: "TAG", name: "n"}) | NOT_FOUND | TAG_NOT_FOUND | tagId
            setCourseTags(input: {courseId: "COURSE", tagIds: ["TAG"]}) | NOT_FOUND | TAG_NOT_FOUND | tagIds
            setCoursePrerequisites(input: {courseId: "COURSE", prerequisiteCourseIds: []}) | INVALID_ARGUMENT | PREREQUISITE_CYCLE | prerequisiteCourseIds
            setLessonPrerequisites(input: {lessonId: "LESSON", prerequisiteLessonIds: []}) | INVALID_ARGUMENT | PREREQUISITE_CYCLE | prerequisiteLessonIds
            archiveCourse(input: {courseId: "COURSE"}) | FAILED_PRECONDITION | COURSE_STATUS_FORBIDS | courseId
            reviseCourse(input: {courseId: "COURSE", etag: "1"}) | ABORTED | ETAG_MISMATCH | etag
            deleteCourse(input: {courseId: "COURSE"}) | FAILED_PRECONDITION | COURSE_IN_USE | courseId
            featureCourse(input: {courseId: "COURSE", featured: true}) | NOT_FOUND | COURSE_NOT_FOUND | courseId
            duplicateCourse(input: {courseId: "COURSE"}) | ABORTED | REQUEST_IN_PROGRESS | requestId
            exportCourse(input: {courseId: "COURSE"}) | NOT_FOUND | COURSE_NOT_FOUND | courseId
            publishLessonContent(input: {lessonId: "LESSON", revision: 7}) | NOT_FOUND | REVISION_NOT_FOUND | revision
            rollBackLessonContent(input: {lessonId: "LESSON", revision: 7}) | NOT_FOUND | REVISION_NOT_FOUND | revision
            rollBackLessonContent(input: {lessonId: "LESSON", revision: 7}) | NOT_FOUND | LESSON_NOT_FOUND | lessonId
            updateLessonContent(input: {lessonId: "LESSON", pages: []}) | INVALID_ARGUMENT | CONTENT_TOO_LARGE | pages
            createSection(input: {courseId: "COURSE", title: "t"}) | FAILED_PRECONDITION | TOO_MANY | courseId
            updateSection(input: {sectionId: "SECTION", title: "t"}) | NOT_FOUND | SECTION_NOT_FOUND | sectionId
            deleteSection(input: {sectionId: "SECTION", etag: "1"}) | ABORTED | ETAG_MISMATCH | etag
            reorderSections(input: {courseId: "COURSE", sectionIds: []}) | INVALID_ARGUMENT | ORDER_INCOMPLETE | sectionIds
            reorderLessons(input: {courseId: "COURSE", sections: []}) | INVALID_ARGUMENT | ORDER_INCOMPLETE | sections
            updateLesson(input: {lessonId: "LESSON", title: "t"}) | NOT_FOUND | LESSON_NOT_FOUND | lessonId
            deleteLesson(input: {lessonId: "LESSON"}) | NOT_FOUND | LESSON_NOT_FOUND | lessonId
            createReview(input: {courseId: "COURSE", rating: 5}) | ALREADY_EXISTS | REVIEW_EXISTS | courseId
            updateReview(input: {reviewId: "REVIEW", rating: 5}) | NOT_FOUND | REVIEW_NOT_FOUND | reviewId
            deleteReview(input: {reviewId: "REVIEW"}) | NOT_FOUND | REVIEW_NOT_FOUND | reviewId
            voteReview(input: {reviewId: "REVIEW", helpful: true}) | FAILED_PRECONDITION | REVIEW_OWN | reviewId
            moderateReview(input: {reviewId: "REVIEW", visible: false}) | NOT_FOUND | REVIEW_NOT_FOUND | reviewId
            createUpload(input: {fileName: "f", mediaType: "a/b", sizeBytes: 1, sha256: "0"}) | RESOURCE_EXHAUSTED | QUOTA_EXCEEDED | sizeBytes
            completeUpload(input: {assetId: "ASSET"}) | FAILED_PRECONDITION | MEDIA_TYPE_MISMATCH | assetId
            reprocessAsset(input: {assetId: "ASSET"}) | FAILED_PRECONDITION | ASSET_NOT_READY | assetId
            """)
    void aReasonThatTheUserCanFixNamesItsField(String mutation, Code code, String reason, @Nullable String field) {
        FORMS.assertUserError(mutation, code, reason, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            createReview(input: {courseId: "COURSE", rating: 1})   | PERMISSION_DENIED | ENROLLMENT_REQUIRED
            moderateReview(input: {reviewId: "REVIEW", visible: true}) | PERMISSION_DENIED | PERMISSION_MISSING
            featureCourse(input: {courseId: "COURSE", featured: true}) | PERMISSION_DENIED | PERMISSION_MISSING
            deleteAsset(input: {assetId: "ASSET"})                 | PERMISSION_DENIED | NOT_OWNER
            exportCourse(input: {courseId: "COURSE"})              | PERMISSION_DENIED | NOT_OWNER
            publishLessonContent(input: {lessonId: "LESSON", revision: 7}) | PERMISSION_DENIED | NOT_OWNER
            rollBackLessonContent(input: {lessonId: "LESSON", revision: 7}) | UNAVAILABLE | STORE_UNAVAILABLE
            """)
    void whatTheUserCannotFixInTheFormIsAnError(String mutation, Code code, String reason) {
        FORMS.assertError(mutation, code, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reorderLessons(input: {courseId: "COURSE", sections: []}) | sections[2].lesson_ids[7] | input.sections.2.lessonIds.7
            updateCourse(input: {courseId: "COURSE", title: "t"})     | course.original_price.amount_minor | input.originalPrice.amountMinor
            updateUser(input: {avatarUrl: "aula-asset:x"})            | avatar_url                | input.avatarUrl
            updateReview(input: {reviewId: "REVIEW"})                 | update_mask               | input
            publishLessonContent(input: {lessonId: "LESSON", revision: 0}) | revision             | input.revision
            rollBackLessonContent(input: {lessonId: "LESSON", revision: 0}) | revision            | input.revision
            updateLessonContent(input: {lessonId: "LESSON", pages: []}) | pages[0].blocks[3].resource.url | input.pages.0.blocks.3.resource.url
            updateLessonContent(input: {lessonId: "LESSON", pages: []}) | pages[0].blocks[3].resource.source | input.pages.0.blocks.3.resource
            updateLessonContent(input: {lessonId: "LESSON", pages: []}) | pages[0].blocks[0].exercise.solution | input.pages.0.blocks.0.exercise.solution
            updateLessonContent(input: {lessonId: "LESSON", pages: []}) | pages[0].blocks[0].exercise.has_solution | input.pages.0.blocks.0.exercise.solution
            updateLessonContent(input: {lessonId: "LESSON", pages: []}) | pages[0].blocks[0].interactive.json | input.pages.0.blocks.0.interactive.json
            """)
    void aBrokenFieldIsNamedByItsInputPath(String mutation, String contractPath, String path) {
        FORMS.assertBroken(mutation, contractPath, path);
    }

    @Test
    void everyIdOfAListThatIsWrongIsNamedAtOnceAndNobodyIsAsked() {
        var answer = FORMS.send("setCourseTags(input: {courseId: \"TAG\", tagIds: [\"TAG\", \"COURSE\", \"no\"]})");

        assertThat(answer.at("/data/payload/userErrors").findValues("field").stream()
                        .map(field -> String.join(".", TestGateway.texts(field))))
                .containsExactly("input.courseId", "input.tagIds.1", "input.tagIds.2");
        assertThat(GATEWAY.requests()).isEmpty();
    }
}
