package org.aula.local.access;

import com.github.f4b6a3.uuid.UuidCreator;
import com.mongodb.client.MongoClients;
import io.grpc.Channel;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.aula.courseaccess.Person;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Everybody who may stand to a course in another way, and a course in each state, with files. Written past
/// the services: no call leads to most of these states.
final class CourseCast {

    static final String VISITOR = "visitor";
    static final String STRANGER = "stranger";
    static final String OWNER = "owner";
    static final String REVIEWER = "reviewer";
    static final String ADMINISTRATOR = "administrator";
    static final String SERVICE = "service";
    static final String PAST_ITS_TIME = "past its time";

    /// Learners, by the status of their enrollment.
    static final List<String> LEARNERS =
            List.of("ENROLLED", "IN_PROGRESS", "PAUSED", "COMPLETED", "DROPPED", "REFUNDED", "EXPIRED");

    /// Somebody who asks.
    ///
    /// @param channel to a service, by its name
    record Member(String name, Person person, Function<String, Channel> channel) {}

    /// A course; one that was deleted has its id alone.
    ///
    /// @param lesson released, no preview, and nothing comes before it
    /// @param file of the course
    /// @param lessonFile of the lesson
    record Course(String state, UUID id, UUID lesson, UUID file, UUID lessonFile) {}

    private final TestPlatform platform;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private final Map<String, UUID> learners = new HashMap<>();
    private final UUID owner;

    CourseCast(TestPlatform platform) {
        this.platform = platform;
        var teacher = platform.user("courses:create");
        owner = teacher.id();
        members.put(VISITOR, new Member(VISITOR, new Person(null, false), platform::anonymous));
        user(STRANGER, platform.user("courses:create"), false);
        LEARNERS.forEach(status -> learners.put(status, user(status, platform.user(), false)));
        learners.put(PAST_ITS_TIME, user(PAST_ITS_TIME, platform.user(), false));
        user(OWNER, teacher, false);
        user(REVIEWER, platform.user("courses:read"), true);
        user(
                ADMINISTRATOR,
                platform.user("courses:read", "courses:write", "enrollments:read", "grades:read", "analytics:read"),
                true);
        members.put(
                SERVICE,
                new Member(SERVICE, new Person(null, true), service -> platform.asService("notifications", service)));
        course("draft", "DRAFT", false);
        enrollAll(course("published", "PUBLISHED", true));
        enrollAll(course("archived", "ARCHIVED", true));
        enrollAll(course("revised", "DRAFT", true));
        enrollAll(course("in review again", "REVIEW", true));
        courses.put("deleted", withFiles("deleted", UUID.randomUUID(), UUID.randomUUID()));
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }

    Member member(String name) {
        return Objects.requireNonNull(members.get(name));
    }

    List<Course> courses() {
        return List.copyOf(courses.values());
    }

    Course course(String state) {
        return Objects.requireNonNull(courses.get(state));
    }

    /// A further lesson of a course.
    ///
    /// @param releaseAt null for at once
    /// @param before a lesson that comes first, or null
    UUID lesson(Course course, boolean preview, @Nullable Instant releaseAt, @Nullable UUID before) {
        var id = UuidCreator.getTimeOrderedEpoch();
        platform.superuser().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO courses.lessons (id, course_id, section_id, title, type, sort_order, preview, release_at)
                    SELECT ?, course_id, id, 'A lesson', 'ARTICLE', 0, ?, ?
                    FROM courses.course_sections WHERE course_id = ? ORDER BY id LIMIT 1
                    """, id, preview, releaseAt, course.id());
            if (before != null) {
                handle.execute(
                        "INSERT INTO courses.lesson_prerequisites (lesson_id, prerequisite_id) VALUES (?, ?)",
                        id,
                        before);
            }
        });
        return id;
    }

    /// Somebody else who is enrolled.
    Member learner(Course course) {
        var user = platform.user();
        enroll(course, user.id(), "ENROLLED", null);
        return new Member("learner", new Person(user.id(), false), service -> platform.as(user, service));
    }

    /// The enrollment of somebody in a course.
    UUID enrollment(Course course, Member learner) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT enrollment_id FROM enrollments.enrollment_keys
                                WHERE course_id = :course AND user_id = :user
                                """)
                        .bind("course", course.id())
                        .bind("user", learner.person().id())
                        .mapTo(UUID.class)
                        .one());
    }

    void delete(UUID lessonId) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lessons SET section_id = NULL, deleted_at = now() WHERE id = ?", lessonId));
    }

    /// A file of a course for its readers, of the lesson if one is named.
    UUID file(UUID courseId, @Nullable UUID lessonId) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var environment = TestEngines.forServices();
        try (var client = MongoClients.create(environment.get("MONGO_URL"))) {
            client.getDatabase(environment.get("MONGO_DATABASE"))
                    .getCollection("content_assets")
                    .insertOne(new Document("_id", id.toString())
                            .append("ownerId", UUID.randomUUID().toString())
                            .append("courseId", courseId.toString())
                            .append("lessonId", lessonId == null ? null : lessonId.toString())
                            .append("fileName", "notes.txt")
                            .append("mediaType", "text/plain")
                            .append("sizeBytes", 5L)
                            .append("sha256", "0".repeat(64))
                            .append("state", "READY")
                            .append("visibility", "COURSE")
                            .append("createdAt", Date.from(Instant.now())));
        }
        return id;
    }

    private UUID user(String name, TestUser user, boolean seesAll) {
        members.put(name, new Member(name, new Person(user.id(), seesAll), service -> platform.as(user, service)));
        return user.id();
    }

    private Course course(String state, String status, boolean wasPublished) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var section = UuidCreator.getTimeOrderedEpoch();
        platform.superuser().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO courses.courses (id, instructor_id, title, slug, status, published_at)
                    VALUES (?, ?, 'A course', ?, ?, CASE WHEN ? THEN now() END)
                    """, id, owner, "course-" + id, status, wasPublished);
            handle.execute(
                    "INSERT INTO courses.course_sections (id, course_id, title, sort_order) VALUES (?, ?, 'One', 0)",
                    section,
                    id);
        });
        var bare = new Course(state, id, id, id, id);
        var course = withFiles(state, id, lesson(bare, false, null, null));
        courses.put(state, course);
        return course;
    }

    private Course withFiles(String state, UUID id, UUID lesson) {
        return new Course(state, id, lesson, file(id, null), file(id, lesson));
    }

    private void enrollAll(Course course) {
        learners.forEach((name, userId) -> {
            if (name.equals(PAST_ITS_TIME)) {
                enroll(course, userId, "IN_PROGRESS", Instant.now().minusSeconds(1));
            } else {
                enroll(course, userId, name, null);
            }
        });
    }

    private void enroll(Course course, UUID userId, String status, @Nullable Instant expiresAt) {
        var id = UuidCreator.getTimeOrderedEpoch();
        platform.superuser().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source, expires_at)
                    VALUES (?, ?, ?, ?, 'FREE', ?)
                    """, id, userId, course.id(), status, expiresAt);
            handle.execute(
                    "INSERT INTO enrollments.enrollment_keys (user_id, course_id, enrollment_id) VALUES (?, ?, ?)",
                    userId,
                    course.id(),
                    id);
            handle.execute("""
                    INSERT INTO enrollments.course_seats (course_id, taken)
                    SELECT course_id, count(*) FROM enrollments.enrollments
                    WHERE course_id = ? AND opens_lessons GROUP BY course_id
                    ON CONFLICT (course_id) DO UPDATE SET taken = excluded.taken
                    """, course.id());
        });
    }
}
