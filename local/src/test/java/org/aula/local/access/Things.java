package org.aula.local.access;

import io.grpc.MethodDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.MailServiceGrpc;
import org.aula.api.auth.v1.PartnerServiceGrpc;
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.api.notifications.v1.DeliveryServiceGrpc;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.kernel.testing.Await;
import org.aula.local.access.Files.Sort;
import org.jdbi.v3.core.Jdbi;

/// Makes what requests name, by the calls by which people make it.
///
/// A thing is a map of what requests can say of it, by the names of their fields.
final class Things {

    private record Key(Thing thing, String ownerId) {}

    private final Client client;
    private final People people;
    private final Jdbi superuser;
    private final Files files;
    private final Exercises exercises;
    private final Schoolwork schoolwork;
    private final Map<Key, Map<String, String>> shared = new HashMap<>();

    Things(Client client, People people, Jdbi superuser) {
        this.client = client;
        this.people = people;
        this.superuser = superuser;
        this.files = new Files(client);
        this.exercises = new Exercises(client, people);
        this.schoolwork = new Schoolwork(client, people, files);
    }

    /// A thing of this person, the same each time: for calls that change nothing.
    Map<String, String> shared(Thing thing, Person owner) {
        var key = new Key(thing, owner.id());
        var known = shared.get(key);
        if (known == null) {
            known = make(thing, owner);
            shared.put(key, known);
        }
        return known;
    }

    /// A new thing of this person.
    Map<String, String> make(Thing thing, Person owner) {
        return switch (thing) {
            case NONE -> Map.of();
            case ROLE -> Map.of("role", role());
            case PARTNER -> Map.of("partner_id", partner());
            case PERMISSION -> Map.of("permission", permission());
            case CATEGORY -> category();
            case TAG -> Map.of("tag_id", tag());
            case USER -> user(owner);
            case DELETED_USER -> deleted(owner);
            case REGISTRATION -> Map.of("registration_id", owner.registrationId());
            case ACTIVITY -> activity(owner);
            case SESSION -> Map.of("session_id", owner.sessionId());
            case PASSWORD -> password(owner);
            case BEGUN_FACTOR -> Map.of("code", begunFactor(owner));
            case ACTIVE_FACTOR -> activeFactor(owner);
            case CREDENTIALS ->
                Map.of(
                        "identifier", owner.email(),
                        "password", owner.password(),
                        "refresh_token", owner.refreshToken());
            case CHALLENGE -> challenge(owner);
            case VERIFICATION -> Map.of("token", verification(owner));
            case RESET -> Map.of("token", reset(owner));
            case EMAIL -> Map.of("delivery_id", email(owner));
            case UPLOAD -> Map.of("asset_id", files.upload(people.authorToken(owner), Sort.TEXT, Map.of()));
            case PRIVATE_ASSET -> privateAsset(owner, Sort.TEXT);
            case KEPT_ASSET -> keptAsset(owner);
            case PRIVATE_PACKAGE -> privateAsset(owner, Sort.PACKAGE);
            case COURSE_ASSET -> courseAsset(owner, Sort.TEXT);
            case COURSE_PACKAGE -> courseAsset(owner, Sort.PACKAGE);
            case PUBLIC_ASSET -> publicAsset(owner, Sort.TEXT);
            case PUBLIC_PACKAGE -> publicAsset(owner, Sort.PACKAGE);
            case DRAFT -> draft(owner);
            case SUBMITTED -> submitted(owner);
            case PUBLISHED -> published(owner);
            case ARCHIVED -> archived(owner);
            case OPERATION -> Map.of("operation_id", operation(owner));
            case ENROLLMENT -> enrollment(owner);
            case KEPT -> kept(owner);
            case CERTIFICATE -> certificate(owner, published(people.author()));
            case TAUGHT_CERTIFICATE -> certificate(people.author(), published(owner));
            case NOTE -> note(owner);
            case TAUGHT -> awaited(owner);
            case WAITING -> waiting(owner);
            case OFFERED -> offered(owner);
            case EMPTY_LIST -> emptyList(people.chief().accessToken());
            case FILLED_LIST -> filledList(people.chief().accessToken());
            case LIST_RUN -> listRun(owner);
            case REVIEW -> review(owner);
            case HIDDEN_REVIEW -> hiddenReview(owner);
            case QUIZ -> exercises.quiz(owner, course(draft(owner)));
            case DRAW -> exercises.draw(owner, course(draft(owner)));
            case FILE_ASSIGNMENT -> exercises.fileAssignment(owner, course(draft(owner)));
            case TAUGHT_QUIZ -> exercises.published(owner, course(published(owner)));
            case OFFERED_QUIZ -> exercises.published(people.author(), course(enrollment(owner)));
            case ATTEMPT -> schoolwork.attempt(owner, make(Thing.OFFERED_QUIZ, owner));
            case TAKEN_QUIZ -> schoolwork.taken(taught(owner));
            case ESSAY_QUIZ, MARKED_ATTEMPT -> schoolwork.essay(owner, taught(owner));
            case REGRADING -> schoolwork.regrading(owner, make(Thing.TAUGHT_QUIZ, owner));
            case SUBMISSION -> schoolwork.submission(owner, make(Thing.OFFERED_QUIZ, owner));
            case HANDED_IN -> schoolwork.handedIn(taught(owner));
        };
    }

    /// What nobody but this person and administrators may learn of their things.
    Set<String> secretsOf(Person owner) {
        return Set.of(
                owner.email(),
                owner.sessionId(),
                value(Thing.PRIVATE_ASSET, owner, "asset_id"),
                value(Thing.DRAFT, owner, "course_id"),
                value(Thing.DRAFT, owner, "section_id"),
                value(Thing.DRAFT, owner, "lesson_id"),
                value(Thing.SUBMITTED, owner, "course_id"),
                value(Thing.OPERATION, owner, "operation_id"),
                value(Thing.ENROLLMENT, owner, "enrollment_id"),
                value(Thing.CERTIFICATE, owner, "certificate_id"),
                value(Thing.NOTE, owner, "note_id"),
                value(Thing.HIDDEN_REVIEW, owner, "review_id"),
                value(Thing.QUIZ, owner, "quiz_id"),
                value(Thing.FILE_ASSIGNMENT, owner, "file_assignment_id"),
                value(Thing.WAITING, owner, "waitlist_entry_id"),
                value(Thing.LIST_RUN, owner, "operation_id"));
    }

    private String value(Thing thing, Person owner, String name) {
        return Objects.requireNonNull(shared(thing, owner).get(name));
    }

    private String role() {
        return ask(people.chief(), AccessServiceGrpc.getCreateRoleMethod(), Map.of())
                .getRole()
                .getName();
    }

    private String partner() {
        return ask(people.chief(), PartnerServiceGrpc.getCreatePartnerMethod(), Map.of("scope", "courses:read"))
                .getPartner()
                .getId();
    }

    private String permission() {
        return ask(people.chief(), AccessServiceGrpc.getCreatePermissionMethod(), Map.of())
                .getPermission()
                .getName();
    }

    /// The only child of its parent.
    private Map<String, String> category() {
        var parent = category(Map.of());
        return Map.of("parent_id", parent, "category_id", category(Map.of("parent_id", parent)));
    }

    private String category(Map<String, String> known) {
        return ask(people.chief(), CategoryServiceGrpc.getCreateCategoryMethod(), known)
                .getCategory()
                .getId();
    }

    private String tag() {
        return ask(people.chief(), TagServiceGrpc.getCreateTagMethod(), Map.of())
                .getTag()
                .getId();
    }

    /// With a role and a permission that may be given to them.
    private Map<String, String> user(Person owner) {
        return Map.of(
                "user_id", owner.id(),
                "role", value(Thing.ROLE, people.chief(), "role"),
                "permission", value(Thing.PERMISSION, people.chief(), "permission"));
    }

    private Map<String, String> deleted(Person owner) {
        ask(people.chief(), UserServiceGrpc.getDeleteUserMethod(), Map.of("user_id", owner.id()));
        return Map.of("user_id", owner.id());
    }

    private Map<String, String> activity(Person owner) {
        ask(owner, UserServiceGrpc.getRecordActivityMethod(), Map.of());
        return Map.of("user_id", owner.id());
    }

    private static Map<String, String> password(Person owner) {
        return Map.of("password", owner.password(), "current_password", owner.password());
    }

    /// @return its first code
    private String begunFactor(Person owner) {
        var begun = ask(owner, SecondFactorServiceGrpc.getBeginTotpMethod(), password(owner));
        return Totp.code(begun.getSecret());
    }

    private Map<String, String> activeFactor(Person owner) {
        recoveryCode(owner);
        return password(owner);
    }

    /// A recovery code, since the code of this half minute is used by beginning.
    private String recoveryCode(Person owner) {
        var code = Map.of("code", begunFactor(owner));
        return ask(owner, SecondFactorServiceGrpc.getConfirmTotpMethod(), code).getRecoveryCodes(0);
    }

    private Map<String, String> challenge(Person owner) {
        var code = recoveryCode(owner);
        var login = client.askAnonymously(
                AuthServiceGrpc.getLoginMethod(), Map.of("identifier", owner.email(), "password", owner.password()));
        return Map.of("challenge_token", login.getChallenge().getChallengeToken(), "code", code);
    }

    private String verification(Person owner) {
        return emailToken(owner, "email_verification", "auth.email_verification_tokens");
    }

    private String reset(Person owner) {
        client.askAnonymously(AccountServiceGrpc.getRequestPasswordResetMethod(), Map.of("email", owner.email()));
        return emailToken(owner, "password_reset", "auth.password_reset_tokens");
    }

    /// The token as the notifications service asks for it. The email's id is in an event, and in this
    /// table.
    private String emailToken(Person owner, String subject, String table) {
        var id = awaited(
                "the " + subject + " of " + owner.email(),
                () -> superuser.withHandle(
                        handle -> handle.createQuery("SELECT id::text FROM " + table + " WHERE account_id = ?")
                                .bind(0, UUID.fromString(owner.id()))
                                .mapTo(String.class)
                                .findFirst()
                                .orElse("")));
        return client.askAsService(
                        "notifications",
                        MailServiceGrpc.getPrepareMailMethod(),
                        Map.of("user_id", owner.id(), subject + "_id", id))
                .getToken();
    }

    /// The one that verifies their address.
    private String email(Person owner) {
        return awaited("an email to " + owner.email(), () -> {
            var emails =
                    ask(people.chief(), DeliveryServiceGrpc.getListDeliveriesMethod(), Map.of("user_id", owner.id()));
            return emails.getDeliveriesCount() == 0
                    ? ""
                    : emails.getDeliveries(0).getId();
        });
    }

    private Map<String, String> privateAsset(Person owner, Sort sort) {
        return asset(files.asset(people.authorToken(owner), sort, Map.of()), owner);
    }

    private Map<String, String> keptAsset(Person owner) {
        var list = ContentServiceGrpc.getListAssetsMethod();
        Contract.callers(Contract.method(list.getFullMethodName()))
                .forEach(custodian -> files.keep(custodian, Sort.TEXT, owner));
        return privateAsset(owner, Sort.TEXT);
    }

    private Map<String, String> publicAsset(Person owner, Sort sort) {
        var visibility = Map.of("visibility", "ASSET_VISIBILITY_PUBLIC");
        return asset(files.asset(people.authorToken(owner), sort, visibility), owner);
    }

    private Map<String, String> courseAsset(Person learner, Sort sort) {
        var courseId = value(Thing.ENROLLMENT, learner, "course_id");
        var particulars = Map.of("visibility", "ASSET_VISIBILITY_COURSE", "course_id", courseId);
        return asset(files.asset(people.author().accessToken(), sort, particulars), people.author());
    }

    private static Map<String, String> asset(String id, Person owner) {
        return Map.of("asset_id", id, "path", Files.ENTRY, "user_id", owner.id());
    }

    /// What is published in a course of this teacher, in which somebody else is enrolled.
    private Map<String, String> taught(Person teacher) {
        var known = make(Thing.TAUGHT_QUIZ, teacher);
        ask(people.author(), EnrollmentServiceGrpc.getCreateEnrollmentMethod(), known);
        return known;
    }

    private Map<String, String> draft(Person owner) {
        var token = people.authorToken(owner);
        var course = client.ask(token, CourseServiceGrpc.getCreateCourseMethod(), Map.of())
                .getCourse();
        var section = client.ask(
                        token, SectionServiceGrpc.getCreateSectionMethod(), Map.of("course_id", course.getId()))
                .getSection();
        var lesson = client.ask(token, LessonServiceGrpc.getCreateLessonMethod(), Map.of("section_id", section.getId()))
                .getLesson();
        client.ask(token, LessonServiceGrpc.getUpdateLessonContentMethod(), Map.of("lesson_id", lesson.getId()));
        return Map.of(
                "course_id", course.getId(),
                "section_id", section.getId(),
                "lesson_id", lesson.getId(),
                "instructor_id", owner.id(),
                "course_status", "COURSE_STATUS_DRAFT");
    }

    /// The course alone: its lesson is none for exercises.
    private static String course(Map<String, String> known) {
        return Objects.requireNonNull(known.get("course_id"));
    }

    private Map<String, String> submitted(Person owner) {
        var course = draft(owner);
        client.ask(people.authorToken(owner), CourseServiceGrpc.getSubmitCourseMethod(), course);
        return course;
    }

    private Map<String, String> published(Person owner) {
        var course = new HashMap<>(submitted(owner));
        ask(people.chief(), CourseServiceGrpc.getPublishCourseMethod(), course);
        course.put("course_status", "COURSE_STATUS_PUBLISHED");
        return course;
    }

    private Map<String, String> archived(Person owner) {
        return archive(owner, published(owner));
    }

    private Map<String, String> archive(Person owner, Map<String, String> published) {
        client.ask(people.authorToken(owner), CourseServiceGrpc.getArchiveCourseMethod(), published);
        var course = new HashMap<>(published);
        course.put("course_status", "COURSE_STATUS_ARCHIVED");
        return course;
    }

    /// The archive is none, so that the import ends soon and is kept.
    private String operation(Person owner) {
        var asset = shared(Thing.PRIVATE_ASSET, owner);
        return client.ask(people.authorToken(owner), CourseServiceGrpc.getImportCourseMethod(), asset)
                .getOperation()
                .getId();
    }

    private Map<String, String> enrollment(Person learner) {
        return enrollment(learner, published(people.author()));
    }

    private Map<String, String> enrollment(Person learner, Map<String, String> course) {
        var known = course;
        var enrollment = ask(learner, EnrollmentServiceGrpc.getCreateEnrollmentMethod(), known)
                .getEnrollment();
        known = new HashMap<>(known);
        known.put("enrollment_id", enrollment.getId());
        known.put("user_id", learner.id());
        return known;
    }

    private Map<String, String> kept(Person learner) {
        return archive(people.author(), enrollment(learner));
    }

    private Map<String, String> certificate(Person learner, Map<String, String> course) {
        var known = new HashMap<>(enrollment(learner, course));
        ask(learner, EnrollmentServiceGrpc.getCompleteLessonMethod(), known);
        var certificate = ask(learner, CertificateServiceGrpc.getBatchGetMyCertificatesMethod(), known)
                .getCertificates(0);
        known.put("certificate_id", certificate.getId());
        known.put("number", certificate.getNumber());
        return known;
    }

    private Map<String, String> note(Person learner) {
        var known = new HashMap<>(enrollment(learner));
        ask(learner, ProgressServiceGrpc.getCompleteLessonStepMethod(), known);
        var note = ask(learner, ProgressServiceGrpc.getCreateLessonNoteMethod(), known);
        known.put("note_id", note.getNote().getId());
        return known;
    }

    /// Two who are nobody else's concern are enrolled and wait.
    private Map<String, String> awaited(Person instructor) {
        var course = full(instructor);
        ask(people.known("waiting", "student"), WaitlistServiceGrpc.getJoinWaitlistMethod(), course);
        return course;
    }

    private Map<String, String> full(Person instructor) {
        var course = published(instructor);
        superuser.useHandle(handle -> handle.execute(
                "UPDATE courses.courses SET max_students = 1 WHERE id = CAST(? AS uuid)", course.get("course_id")));
        var enrollment = ask(
                        people.known("seated", "student"), EnrollmentServiceGrpc.getCreateEnrollmentMethod(), course)
                .getEnrollment();
        var known = new HashMap<>(course);
        known.put("enrollment_id", enrollment.getId());
        return known;
    }

    private Map<String, String> waiting(Person learner) {
        var known = new HashMap<>(full(people.author()));
        var entry =
                ask(learner, WaitlistServiceGrpc.getJoinWaitlistMethod(), known).getEntry();
        known.put("waitlist_entry_id", entry.getId());
        return known;
    }

    private Map<String, String> offered(Person learner) {
        var known = waiting(learner);
        ask(people.known("seated", "student"), EnrollmentServiceGrpc.getDropEnrollmentMethod(), known);
        return known;
    }

    private Map<String, String> emptyList(String token) {
        var course = shared(Thing.PUBLISHED, people.author());
        var list = client.ask(token, BulkEnrollmentServiceGrpc.getCreateEnrollmentListMethod(), course)
                .getList();
        return Map.of("enrollment_list_id", list.getId());
    }

    private Map<String, String> filledList(String token) {
        var list = emptyList(token);
        client.ask(token, BulkEnrollmentServiceGrpc.getAddEnrollmentListPartMethod(), list);
        return list;
    }

    private Map<String, String> listRun(Person owner) {
        var token = people.token(owner, "admin");
        var operation = client.ask(token, BulkEnrollmentServiceGrpc.getRunEnrollmentListMethod(), filledList(token))
                .getOperation();
        return Map.of("operation_id", operation.getId());
    }

    private Map<String, String> review(Person learner) {
        var known = new HashMap<>(enrollment(learner));
        var review = ask(learner, ReviewServiceGrpc.getCreateReviewMethod(), known);
        known.put("review_id", review.getReview().getId());
        return known;
    }

    private Map<String, String> hiddenReview(Person learner) {
        var known = review(learner);
        ask(people.chief(), ReviewServiceGrpc.getModerateReviewMethod(), known);
        return known;
    }

    private <Q, A> A ask(Person person, MethodDescriptor<Q, A> method, Map<String, String> known) {
        return client.ask(person, method, known);
    }

    /// Waits until there is a text.
    private static String awaited(String what, Supplier<String> text) {
        try {
            Await.until(what, () -> !text.get().isEmpty());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        return text.get();
    }
}
