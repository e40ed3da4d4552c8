package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.ReturnCourseRequest;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CourseServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);

    @Test
    void createsADraftOfTheCallers() {
        var author = campus.author();
        var course = campus.courses(author)
                .createCourse(Campus.aCourse("Sailing")
                        .setFullDescription("<p>Go<script>x()</script></p>")
                        .setPrice(Money.newBuilder().setAmountMinor(4900).setCurrencyCode("EUR"))
                        .addRequirements("A boat")
                        .build())
                .getCourse();

        assertThat(course.getInstructorId()).isEqualTo(author.id().toString());
        assertThat(course.getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_DRAFT);
        assertThat(course.getFullDescription()).isEqualTo("<p>Go</p>");
        assertThat(course.getLanguageCode()).isEqualTo("en");
        assertThat(course.getRequirementsList()).containsExactly("A boat");
        assertThat(read(author, course)).isEqualTo(course);
    }

    @Test
    void answersTheSameRequestTwiceAlike() throws Exception {
        var author = campus.author();
        var request = Campus.aCourse("Once").build();
        var first = campus.courses(author).createCourse(request);
        assertThat(campus.courses(author).createCourse(request)).isEqualTo(first);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> campus.courses(author)
                        .createCourse(request.toBuilder().setTitle("Another").build()));
    }

    @Test
    void namesEveryFieldThatBreaksTheContract() throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> campus.courses(campus.author())
                        .createCourse(
                                Campus.aCourse("").setLanguageCode("English").build()));
        assertThat(refusal.fields()).containsExactlyInAnyOrder("title", "language_code");
    }

    @Test
    void aTitleHasSomethingToBeSeenAndNoSpaceAround() throws Exception {
        var author = campus.author();
        for (var title : List.of(" ", "\u200b", "Turned\u202e")) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> campus.courses(author)
                            .createCourse(Campus.aCourse(title).build()));
            assertThat(refusal.fields()).contains("title");
        }
        assertThat(campus.draft(author, " Spaced\u00a0").getTitle()).isEqualTo("Spaced");
    }

    @Test
    void refusesACategoryThatDoesNotExist() throws Exception {
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND,
                () -> campus.courses(campus.author())
                        .createCourse(Campus.aCourse("Lost")
                                .setCategoryId(Campus.newId())
                                .build()));
    }

    @Test
    void givesManyAtOnceSlugsOfTheirOwn() throws Exception {
        var title = "Race " + Campus.newId();
        var author = campus.author();
        Callable<String> creation = () -> campus.draft(author, title).getSlug();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var slugs = threads.invokeAll(java.util.Collections.nCopies(12, creation)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(slugs).doesNotHaveDuplicates();
            assertThat(slugs).anyMatch(slug -> slug.endsWith("-12"));
        }
    }

    @Test
    void keepsItsSlugWhenTheTitleChanges() {
        var author = campus.author();
        var course = campus.draft(author, "Old name " + Campus.newId());
        var renamed =
                update(author, course, "", "title", CourseChanges.newBuilder().setTitle("New name"));
        assertThat(renamed.getTitle()).isEqualTo("New name");
        assertThat(renamed.getSlug()).isEqualTo(course.getSlug());
        assertThat(campus.courses(author)
                        .getCourse(GetCourseRequest.newBuilder()
                                .setSlug(course.getSlug())
                                .build())
                        .getCourse())
                .isEqualTo(renamed);
    }

    @Test
    void changesOnlyWhatTheMaskNames() {
        var author = campus.author();
        var course = campus.draft(author, "Kept");
        var changes = CourseChanges.newBuilder().setTitle("Ignored").setShortDescription("Short");
        var changed = update(author, course, course.getEtag(), "short_description", changes);
        assertThat(changed.getTitle()).isEqualTo("Kept");
        assertThat(changed.getShortDescription()).isEqualTo("Short");
        assertThat(changed.getEtag()).isNotEqualTo(course.getEtag());
    }

    @Test
    void refusesAStaleEtagButNotTheSameAgain() throws Exception {
        var author = campus.author();
        var course = campus.draft(author, "First");
        var changes = CourseChanges.newBuilder().setTitle("Second");
        var changed = update(author, course, course.getEtag(), "title", changes);
        assertThat(update(author, course, course.getEtag(), "title", changes)).isEqualTo(changed);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> update(
                        author,
                        course,
                        course.getEtag(),
                        "title",
                        CourseChanges.newBuilder().setTitle("Third")));
    }

    @Test
    void refusesAnEmptyTitleAndATrailerThatRuns() throws Exception {
        var author = campus.author();
        var course = campus.draft(author, "Titled");
        var noTitle = Refusal.of(() -> update(author, course, "", "title", CourseChanges.newBuilder()));
        assertThat(noTitle.fields()).containsExactly("course.title");
        var script = CourseChanges.newBuilder().setTrailerVideoUrl("javascript:alert(1)");
        var noTrailer = Refusal.of(() -> update(author, course, "", "trailer_video_url", script));
        assertThat(noTrailer.fields()).containsExactly("course.trailer_video_url");
    }

    @Test
    void existsBeforePublicationForOwnerAndReviewersOnly() throws Exception {
        var author = campus.author();
        var draft = campus.draft(author, "Hidden");
        assertThat(read(author, draft)).isEqualTo(draft);
        assertThat(read(campus.administrator(), draft)).isEqualTo(draft);
        for (var stranger : List.of(campus.learner(), campus.author())) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> read(stranger, draft));
            Refusal.expect(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                    () -> update(
                            stranger,
                            draft,
                            "",
                            "title",
                            CourseChanges.newBuilder().setTitle("Mine")));
        }
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> campus.coursesAnonymously().getCourse(byId(draft)));
    }

    @Test
    void existsForEveryoneOncePublishedAndIsChangedByItsOwnerOnly() throws Exception {
        var author = campus.author();
        var course = campus.published(author, "Open");
        assertThat(campus.coursesAnonymously().getCourse(byId(course)).getCourse())
                .isEqualTo(course);
        assertThat(course.hasPublishTime()).isTrue();
        var changes = CourseChanges.newBuilder().setTitle("Mine");
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> update(campus.learner(), course, "", "title", changes));
        assertThat(update(campus.administrator(), course, "", "title", changes).getTitle())
                .isEqualTo("Mine");
    }

    @Test
    void givesABatchInTheOrderAskedForAndNamesWhatIsMissing() {
        var author = campus.author();
        var hidden = campus.draft(author, "Hidden");
        var one = campus.published(author, "One");
        var two = campus.published(author, "Two");
        var request = BatchGetCoursesRequest.newBuilder()
                .addAllCourseIds(List.of(two.getId(), hidden.getId(), one.getId()))
                .build();
        var seenByStrangers = campus.coursesAnonymously().batchGetCourses(request);
        assertThat(seenByStrangers.getCoursesList()).containsExactly(two, one);
        assertThat(seenByStrangers.getMissingIdsList()).containsExactly(hidden.getId());
        assertThat(campus.courses(author).batchGetCourses(request).getCoursesList())
                .containsExactly(two, hidden, one);
    }

    @Test
    void refusesStepsThatItsStatusForbids() throws Exception {
        var author = campus.author();
        var draft = campus.draft(author, "Early");
        var publish =
                PublishCourseRequest.newBuilder().setCourseId(draft.getId()).build();
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_COURSE_STATUS_FORBIDS,
                () -> campus.courses(campus.administrator()).publishCourse(publish));
        assertThat(refusal.metadata()).containsEntry("status", "DRAFT").containsEntry("wanted", "PUBLISHED");
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_COURSE_EMPTY,
                () -> campus.courses(author)
                        .submitCourse(SubmitCourseRequest.newBuilder()
                                .setCourseId(draft.getId())
                                .build()));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> campus.courses(author).publishCourse(publish));
    }

    @Test
    void canBeGivenBackAndHandedInAgain() {
        var author = campus.author();
        var course = campus.inReview(author, "Nearly");
        var returned = campus.courses(campus.administrator())
                .returnCourse(ReturnCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setReason("more examples")
                        .build())
                .getCourse();
        assertThat(returned.getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_DRAFT);
        var again = campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setEtag(returned.getEtag())
                        .build());
        assertThat(again.getCourse().getStatus()).isEqualTo(CourseStatus.COURSE_STATUS_REVIEW);
    }

    @Test
    void tellsOfItsPublicationOnce() {
        var course = campus.published(campus.author(), "News");
        campus.publish(course);
        var events = platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT type FROM courses.outbox WHERE key = :key ORDER BY id")
                        .bind("key", course.getId())
                        .mapTo(String.class)
                        .list());
        assertThat(events)
                .filteredOn(type -> !type.equals("aula.common.v1.AuditRecorded"))
                .containsExactly("aula.courses.v1.CoursePublished");
        assertThat(events)
                .as("created, submitted, published; what changes nothing leaves no entry")
                .filteredOn(type -> type.equals("aula.common.v1.AuditRecorded"))
                .hasSize(3);
    }

    @Test
    void saysThatAnotherServiceIsAway() throws Exception {
        var refusal = Refusal.expect(
                Code.UNAVAILABLE,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                () -> campus.courses(campus.author())
                        .importCourse(ImportCourseRequest.newBuilder()
                                .setRequestId(Campus.newId())
                                .setAssetId(Campus.newId())
                                .build()));
        assertThat(refusal.metadata()).containsEntry("service", "content");
        assertThat(refusal.hasRetryInfo()).isTrue();
    }

    private Course update(TestUser user, Course course, String etag, String field, CourseChanges.Builder changes) {
        return campus.courses(user)
                .updateCourse(UpdateCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .setEtag(etag)
                        .setUpdateMask(FieldMask.newBuilder().addPaths(field))
                        .setCourse(changes)
                        .build())
                .getCourse();
    }

    private Course read(TestUser user, Course course) {
        return campus.courses(user).getCourse(byId(course)).getCourse();
    }

    private static GetCourseRequest byId(Course course) {
        return GetCourseRequest.newBuilder().setCourseId(course.getId()).build();
    }
}
