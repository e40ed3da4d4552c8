package org.aula.courses;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.CategoryServiceGrpc.CategoryServiceBlockingStub;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CourseServiceGrpc.CourseServiceBlockingStub;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.CreateTagRequest;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonRevision;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.LessonServiceGrpc.LessonServiceBlockingStub;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.PublishLessonContentRequest;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.SectionServiceGrpc.SectionServiceBlockingStub;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.api.courses.v1.TagServiceGrpc.TagServiceBlockingStub;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.courses.lesson.RemovedContentJob;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// What tests of this service share: the people, their stubs, and courses that are made by the API itself.
public final class Campus {

    private final TestPlatform platform;

    public Campus(TestPlatform platform) {
        this.platform = platform;
    }

    /// Who may make courses.
    public TestUser author() {
        return platform.user("courses:create", "content:create");
    }

    /// Who may do everything.
    public TestUser administrator() {
        return platform.user(
                "courses:create",
                "courses:write",
                "courses:read",
                "courses:publish",
                "categories:write",
                "operations:read");
    }

    public TestUser learner() {
        return platform.user();
    }

    public CourseServiceBlockingStub courses(TestUser user) {
        return CourseServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }

    public CourseServiceBlockingStub coursesAnonymously() {
        return CourseServiceGrpc.newBlockingStub(platform.anonymous("courses"));
    }

    public CategoryServiceBlockingStub categories(TestUser user) {
        return CategoryServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }

    public TagServiceBlockingStub tags(TestUser user) {
        return TagServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }

    public SectionServiceBlockingStub sections(TestUser user) {
        return SectionServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }

    public LessonServiceBlockingStub lessons(TestUser user) {
        return LessonServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }

    public LessonServiceBlockingStub lessonsAnonymously() {
        return LessonServiceGrpc.newBlockingStub(platform.anonymous("courses"));
    }

    /// A request for a course, with a request id of its own.
    public static CreateCourseRequest.Builder aCourse(String title) {
        return CreateCourseRequest.newBuilder().setRequestId(newId()).setTitle(title);
    }

    public static String newId() {
        return UUID.randomUUID().toString();
    }

    public Course draft(TestUser author, String title) {
        return courses(author).createCourse(aCourse(title).build()).getCourse();
    }

    /// A course with one lesson, handed in.
    public Course inReview(TestUser author, String title) {
        var draft = draft(author, title);
        lesson(author, section(author, draft, "Section"), "Lesson");
        return courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(draft.getId())
                        .build())
                .getCourse();
    }

    /// A course with one lesson, in the catalog.
    public Course published(TestUser author, String title) {
        return publish(inReview(author, title));
    }

    public Course publish(Course course) {
        return courses(administrator())
                .publishCourse(PublishCourseRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getCourse();
    }

    public Section section(TestUser author, Course course, String title) {
        return sections(author)
                .createSection(CreateSectionRequest.newBuilder()
                        .setRequestId(newId())
                        .setCourseId(course.getId())
                        .setTitle(title)
                        .build())
                .getSection();
    }

    public Lesson lesson(TestUser author, Section section, String title) {
        return lesson(author, section, title, false);
    }

    public Lesson lesson(TestUser author, Section section, String title, boolean preview) {
        return lessons(author)
                .createLesson(CreateLessonRequest.newBuilder()
                        .setRequestId(newId())
                        .setSectionId(section.getId())
                        .setTitle(title)
                        .setPreview(preview)
                        .build())
                .getLesson();
    }

    /// Shows learners what was written.
    public LessonRevision publishContent(TestUser author, LessonContent content) {
        return lessons(author)
                .publishLessonContent(PublishLessonContentRequest.newBuilder()
                        .setLessonId(content.getLessonId())
                        .setRevision(content.getRevision())
                        .build())
                .getRevision();
    }

    /// Enrolls somebody in a course.
    public void enroll(TestUser learner, String courseId) {
        EnrollmentServiceGrpc.newBlockingStub(platform.as(learner, "enrollments"))
                .createEnrollment(CreateEnrollmentRequest.newBuilder()
                        .setRequestId(newId())
                        .setCourseId(courseId)
                        .build());
    }

    /// A tag with a word of its own.
    public String tag(String word) {
        return tags(administrator())
                .createTag(CreateTagRequest.newBuilder()
                        .setRequestId(newId())
                        .setName(word + " " + newId().substring(0, 13))
                        .build())
                .getTag()
                .getId();
    }

    /// Runs what deletes the documents of deleted lessons.
    public void sweepContents() throws Exception {
        var sweep = platform.bean("courses", RemovedContentJob.class);
        platform.inside("courses", () -> {
            sweep.run();
            return true;
        });
    }

    /// As the tables look when an operation made everything and its process was killed one statement before
    /// the end: it runs again.
    public static void dieBeforeTheEndIsWritten(TestPlatform platform, String operationId) {
        platform.superuser().useTransaction(handle -> {
            handle.execute(
                    "UPDATE courses.operations SET state = 'RUNNING', ended_at = NULL WHERE id = CAST(? AS uuid)",
                    operationId);
            handle.execute("""
                    INSERT INTO courses.scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                    VALUES ('operation', ?, now(), false, 1, 50)
                    """, operationId);
        });
    }

    /// Names of what this domain told of a resource, in order, without audit entries.
    public static List<String> events(TestPlatform platform, String key) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT replace(type, 'aula.courses.v1.', '') FROM courses.outbox
                        WHERE key = :key AND type LIKE 'aula.courses.v1.%' ORDER BY id
                        """)
                        .bind("key", key)
                        .mapTo(String.class)
                        .list());
    }

    /// Actions on a resource that this domain told the audit log, in order.
    public static List<String> audits(TestPlatform platform, String resourceId) {
        return platform
                .superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT envelope FROM courses.outbox
                        WHERE key = :key AND type = 'aula.common.v1.AuditRecorded' ORDER BY id
                        """)
                        .bind("key", resourceId)
                        .mapTo(byte[].class)
                        .list())
                .stream()
                .map(Campus::audit)
                .toList();
    }

    private static String audit(byte[] envelope) {
        try {
            return EventEnvelope.parseFrom(envelope)
                    .getPayload()
                    .unpack(AuditRecorded.class)
                    .getAction();
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// Runs calls at the same time and gives what each refused one was refused with; the others succeeded.
    public static List<Refusal> refusedOfAtOnce(List<Refusal.Call> calls) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            var running = calls.stream()
                    .map(call -> threads.submit(() -> {
                        start.await();
                        try {
                            call.run();
                            return Optional.<Refusal>empty();
                        } catch (StatusRuntimeException refused) {
                            return Optional.of(Refusal.of(() -> {
                                throw refused;
                            }));
                        }
                    }))
                    .toList();
            start.countDown();
            var refusals = new ArrayList<Refusal>();
            for (var call : running) {
                call.get().ifPresent(refusals::add);
            }
            return refusals;
        }
    }

    public String category(String name, String parentId) {
        return categories(administrator())
                .createCategory(CreateCategoryRequest.newBuilder()
                        .setRequestId(newId())
                        .setName(name)
                        .setParentId(parentId)
                        .build())
                .getCategory()
                .getId();
    }
}
