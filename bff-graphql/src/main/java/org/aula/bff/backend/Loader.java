package org.aula.bff.backend;

import com.google.protobuf.Message;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.analytics.v1.CourseActivity;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.auth.v1.Account;
import org.aula.api.content.v1.Download;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.GetLessonRevisionResponse;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.SectionList;
import org.aula.api.courses.v1.Tag;
import org.aula.api.enrollments.v1.Certificate;
import org.aula.api.enrollments.v1.CourseSeats;
import org.aula.api.enrollments.v1.WaitlistEntry;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.UserSummary;

/// What can be joined: each loader collects the keys of one level of a query and asks its service once.
///
/// @param name the loader's name within a request
/// @param <T> what is found; null where there is nothing for a key
public record Loader<T>(String name) {

    /// Courses by id.
    public static final Loader<Course> COURSES = new Loader<>("courses");
    /// What anyone may see of people, by id.
    public static final Loader<UserSummary> USER_SUMMARIES = new Loader<>("userSummaries");
    /// Accounts by user id, for administrators.
    public static final Loader<Account> ACCOUNTS = new Loader<>("accounts");
    /// Everything about users, by id; a call for each.
    public static final Loader<FullUser> FULL_USERS = new Loader<>("fullUsers");
    /// Sections by course id.
    public static final Loader<SectionList> SECTIONS = new Loader<>("sections");
    /// Lessons by section id.
    public static final Loader<LessonList> LESSONS = new Loader<>("lessons");
    /// The viewer's enrollments by course id.
    public static final Loader<MyEnrollment> MY_ENROLLMENTS = new Loader<>("myEnrollments");
    /// The viewer's places on waitlists by course id.
    public static final Loader<WaitlistEntry> MY_WAITLIST_ENTRIES = new Loader<>("myWaitlistEntries");
    /// How the seats of courses of the catalog stand, by course id.
    public static final Loader<CourseSeats> COURSE_SEATS = new Loader<>("courseSeats");
    /// The viewer's certificates by enrollment id.
    public static final Loader<Certificate> MY_CERTIFICATES = new Loader<>("myCertificates");
    /// Downloads by asset id.
    public static final Loader<Download> DOWNLOADS = new Loader<>("downloads");
    /// The same of pictures that fit into lists: thumbnails, or the files where there are none.
    public static final Loader<Download> PICTURES = new Loader<>("pictures");
    /// Smaller pictures by asset id, each variant by a loader of its own.
    public static final Map<String, Loader<Download>> VARIANTS = Map.of(
            "thumbnail", new Loader<>("thumbnails"),
            "medium", new Loader<>("mediumPictures"),
            "large", new Loader<>("largePictures"));

    /// Tags by id, counted.
    public static final Loader<Tag> TAGS = new Loader<>("tags");
    /// The viewer's reviews by course id.
    public static final Loader<Review> MY_REVIEWS = new Loader<>("myReviews");
    /// Contents by what is asked of a lesson; a call for each.
    public static final Loader<LessonContent> LESSON_CONTENTS = new Loader<>("lessonContents");
    /// Revisions of contents with their pages, by lesson and number; a call for each.
    public static final Loader<GetLessonRevisionResponse> LESSON_REVISIONS = new Loader<>("lessonRevisions");
    /// Activity by course id; a call for each.
    public static final Loader<CourseActivity> COURSE_ACTIVITIES = new Loader<>("courseActivities");
    /// The tree of categories under the one key [#ALL].
    public static final Loader<CategoryTree> CATEGORIES = new Loader<>("categories");

    /// Quizzes with questions and draws, by id; a call for each.
    public static final Loader<GetQuizResponse> QUIZZES = new Loader<>("quizzes");
    /// Quizzes as learners see them, by id; a call for each.
    public static final Loader<LearnerQuiz> LEARNER_QUIZZES = new Loader<>("learnerQuizzes");
    /// File assignments as learners see them, by id; a call for each.
    public static final Loader<LearnerFileAssignment> LEARNER_FILE_ASSIGNMENTS = new Loader<>("learnerFileAssignments");
    /// Attempts with their questions, by id; a call for each.
    public static final Loader<Attempt> ATTEMPTS = new Loader<>("attempts");

    /// The key of loaders that know one thing only.
    public static final String ALL = "all";

    /// Asks for what belongs to a key. To be called from a fetcher itself, not from what follows an answer.
    public CompletableFuture<T> load(DataFetchingEnvironment environment, String key) {
        return Objects.requireNonNull(environment.<String, T>getDataLoader(name), name)
                .load(key);
    }

    /// The same of loaders whose key is the request that is sent.
    public CompletableFuture<T> load(DataFetchingEnvironment environment, Message key) {
        return Objects.requireNonNull(environment.<Message, T>getDataLoader(name), name)
                .load(key);
    }
}
