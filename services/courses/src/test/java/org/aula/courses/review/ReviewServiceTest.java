package org.aula.courses.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.DeleteReviewRequest;
import org.aula.api.courses.v1.GetReviewRequest;
import org.aula.api.courses.v1.ListReviewsRequest;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.ReviewOrder;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.api.courses.v1.VoteReviewRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReviewServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);
    private final Critics critics = new Critics(platform, campus);

    private static final String UNKNOWN = "019b76da-a800-7000-8000-00000000dead";

    @Test
    void isWrittenByALearnerOnceAndCounts() throws Exception {
        var course = campus.published(campus.author(), "Reviewed");
        var learner = critics.learner(course);
        var request = Critics.aReview(course, 4).build();
        var review = critics.reviews(learner).createReview(request).getReview();

        assertThat(review.getUserId()).isEqualTo(learner.id().toString());
        assertThat(review.getRating()).isEqualTo(4);
        assertThat(review.getTitle()).isEqualTo("Title");
        assertThat(review.getText()).isEqualTo("Text");
        assertThat(review.getVisible()).isTrue();
        assertThat(review.getVerified()).isTrue();
        assertThat(critics.reviews(learner).createReview(request).getReview())
                .as("sent again")
                .isEqualTo(review);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> critics.reviews(learner)
                        .createReview(request.toBuilder().setRating(1).build()));
        Refusal.expect(
                Code.ALREADY_EXISTS,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_REVIEW_EXISTS,
                () -> critics.review(learner, course, 5));

        critics.review(course, 5);
        critics.review(course, 5);
        var read = critics.read(course);
        assertThat(read.getReviewCount()).isEqualTo(3);
        assertThat(read.getAverageRating()).isEqualTo(4.67);
        assertThat(read.getEtag()).isEqualTo(course.getEtag());
    }

    @Test
    void isForThoseWhoAreOrWereEnrolled() throws Exception {
        var author = campus.author();
        var course = campus.published(author, "Members only");
        for (var stranger : List.of(campus.learner(), author)) {
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    org.aula.api.courses.v1.ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED,
                    () -> critics.review(stranger, course, 1));
        }
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> critics.reviewsAnonymously()
                        .createReview(Critics.aReview(course, 1).build()));

        var former = critics.learner(course);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET status = 'DROPPED' WHERE user_id = ?", former.id()));
        assertThat(critics.review(former, course, 2).getVerified()).isFalse();
    }

    @Test
    void coursesThatAreNotThereAreNotReviewed() throws Exception {
        var author = campus.author();
        var draft = campus.draft(author, "Draft");
        var gone = Course.newBuilder().setId(UNKNOWN).build();
        for (var course : List.of(draft, gone)) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    org.aula.api.courses.v1.ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                    () -> critics.review(campus.learner(), course, 1));
            Refusal.expect(
                    Code.NOT_FOUND,
                    org.aula.api.courses.v1.ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                    () -> critics.reviewsAnonymously()
                            .listReviews(Critics.listOf(course).build()));
        }
    }

    @Test
    void thoseWhoTookACourseThatLeftTheCatalogMayReviewItStill() throws Exception {
        var course = campus.published(campus.author(), "Archived");
        var learner = critics.learner(course);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.courses SET status = 'ARCHIVED' WHERE id = ?",
                        UUID.fromString(course.getId())));
        assertThat(critics.review(learner, course, 3).getVerified()).isTrue();
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> critics.review(campus.learner(), course, 1));
    }

    @Test
    void isChangedByItsWriterAlone() throws Exception {
        var course = campus.published(campus.author(), "Changing");
        var learner = critics.learner(course);
        var review = critics.review(learner, course, 2);
        var change = change(review).setRating(5).setText("ignored");
        change.getUpdateMaskBuilder().addPaths("rating");
        var changed = critics.reviews(learner).updateReview(change.build()).getReview();
        assertThat(changed.getRating()).isEqualTo(5);
        assertThat(changed.getText()).isEqualTo("Text");
        assertThat(critics.read(course).getAverageRating()).isEqualTo(5.0);

        assertThat(critics.reviews(learner).updateReview(change.build()).getReview())
                .as("sent again, with the etag of before")
                .isEqualTo(changed);
        var stale = change.clone().setRating(1).build();
        Refusal.expect(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> critics.reviews(learner).updateReview(stale));
        for (var other : List.of(critics.learner(course), critics.moderator())) {
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    ErrorReason.ERROR_REASON_NOT_OWNER,
                    () -> critics.reviews(other).updateReview(stale));
        }
        var without = change(review).setRating(0);
        without.getUpdateMaskBuilder().addPaths("rating");
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> critics.reviews(learner).updateReview(without.build()));
        assertThat(refusal.fields()).containsExactly("rating");
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_REVIEW_NOT_FOUND,
                () -> critics.reviews(learner)
                        .updateReview(change.clone().setReviewId(UNKNOWN).build()));
    }

    @Test
    void isDeletedByItsWriterOrAModeratorAndMayBeWrittenAnew() throws Exception {
        var course = campus.published(campus.author(), "Deleting");
        var learner = critics.learner(course);
        var review = critics.review(learner, course, 1);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> delete(critics.learner(course), review));
        delete(learner, review);
        assertThat(critics.read(course).getReviewCount()).isZero();
        assertThat(critics.read(course).getAverageRating()).isZero();
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_REVIEW_NOT_FOUND,
                () -> delete(learner, review));

        var again = critics.review(learner, course, 3);
        critics.vote(campus.learner(), again, true);
        delete(critics.moderator(), again);
        assertThat(critics.isExact(course)).isTrue();
    }

    @Test
    void onceHiddenIsSeenByItsWriterAndModeratorsAndDoesNotCount() throws Exception {
        var course = campus.published(campus.author(), "Moderated");
        var learner = critics.learner(course);
        var shown = critics.review(course, 4);
        var hidden = critics.moderate(critics.review(learner, course, 1), false);
        assertThat(hidden.getVisible()).isFalse();
        assertThat(critics.read(course).getReviewCount()).isEqualTo(1);
        assertThat(critics.read(course).getAverageRating()).isEqualTo(4.0);

        var list = Critics.listOf(course).build();
        assertThat(critics.reviewsAnonymously().listReviews(list).getReviewsList())
                .containsExactly(shown);
        assertThat(critics.reviews(campus.learner()).listReviews(list).getReviewsList())
                .containsExactly(shown);
        for (var user : List.of(learner, critics.moderator())) {
            assertThat(critics.reviews(user).listReviews(list).getReviewsList()).containsExactly(hidden, shown);
            assertThat(critics.reviews(user).getReview(get(hidden)).getReview()).isEqualTo(hidden);
        }
        assertThat(critics.reviewsAnonymously().getReview(get(shown)).getReview())
                .isEqualTo(shown);
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_REVIEW_NOT_FOUND,
                () -> critics.reviewsAnonymously().getReview(get(hidden)));
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_REVIEW_NOT_FOUND,
                () -> critics.vote(campus.learner(), hidden, true));
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_REVIEW_NOT_FOUND,
                () -> delete(campus.learner(), hidden));

        var change = change(hidden).setRating(2);
        change.getUpdateMaskBuilder().addPaths("rating");
        assertThat(critics.reviews(learner)
                        .updateReview(change.build())
                        .getReview()
                        .getVisible())
                .as("a writer does not show it again by changing it")
                .isFalse();
        assertThat(critics.read(course).getReviewCount()).isEqualTo(1);
        critics.moderate(hidden, true);
        assertThat(critics.read(course).getAverageRating()).isEqualTo(3.0);
        assertThat(critics.moderate(hidden, true).getVisible()).as("sent again").isTrue();
        assertThat(critics.isExact(course)).isTrue();

        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> critics.reviews(learner)
                        .moderateReview(ModerateReviewRequest.newBuilder()
                                .setReviewId(hidden.getId())
                                .build()));
    }

    @Test
    void tellsTheAuditLogWhyItWasHidden() {
        var course = campus.published(campus.author(), "Audited");
        var review = critics.review(course, 1);
        critics.moderate(review, false);
        var entries = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT envelope FROM courses.outbox
                                WHERE type = 'aula.common.v1.AuditRecorded' AND key = :id ORDER BY id
                                """)
                        .bind("id", review.getId())
                        .mapTo(byte[].class)
                        .list());
        var texts = entries.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
        assertThat(texts).hasSize(2);
        assertThat(texts.getFirst()).contains("review.create").doesNotContain("Text");
        assertThat(texts.getLast()).contains("review.moderate", "reason", "spam", "visible");
    }

    @Test
    void isHelpfulOncePerUserAndNotToItsWriter() throws Exception {
        var course = campus.published(campus.author(), "Helpful");
        var learner = critics.learner(course);
        var review = critics.review(learner, course, 5);
        var reader = campus.learner();
        assertThat(critics.vote(reader, review, true).getHelpfulCount()).isEqualTo(1);
        var voted = critics.vote(reader, review, true);
        assertThat(voted.getHelpfulCount()).isEqualTo(1);
        assertThat(voted.getHelpfulToMe()).isTrue();
        assertThat(voted.getEtag()).isEqualTo(review.getEtag());
        assertThat(critics.vote(campus.learner(), review, true).getHelpfulCount())
                .isEqualTo(2);
        assertThat(list(reader, course).getFirst().getHelpfulToMe()).isTrue();
        assertThat(list(learner, course).getFirst().getHelpfulToMe()).isFalse();

        var taken = critics.vote(reader, review, false);
        assertThat(taken.getHelpfulCount()).isEqualTo(1);
        assertThat(taken.getHelpfulToMe()).isFalse();
        assertThat(critics.vote(reader, review, false).getHelpfulCount()).isEqualTo(1);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_REVIEW_OWN,
                () -> critics.vote(learner, review, true));
    }

    @Test
    void areListedInEveryOrderPageByPage() throws Exception {
        var course = campus.published(campus.author(), "Listed");
        var ratings = List.of(3, 5, 3, 1, 5, 2, 3);
        var written =
                ratings.stream().map(rating -> critics.review(course, rating)).toList();
        var reader = campus.learner();
        critics.vote(reader, written.get(2), true);
        critics.vote(campus.learner(), written.get(2), true);
        critics.vote(reader, written.get(5), true);

        assertThat(pages(course, ReviewOrder.REVIEW_ORDER_UNSPECIFIED))
                .hasSize(7)
                .isSortedAccordingTo(Comparator.comparing(Review::getId).reversed());
        assertThat(pages(course, ReviewOrder.REVIEW_ORDER_HELPFUL))
                .hasSize(7)
                .isSortedAccordingTo(Comparator.comparing(Review::getHelpfulCount)
                        .thenComparing(Review::getId)
                        .reversed());
        assertThat(pages(course, ReviewOrder.REVIEW_ORDER_RATING))
                .hasSize(7)
                .isSortedAccordingTo(Comparator.comparing(Review::getRating)
                        .thenComparing(Review::getId)
                        .reversed());
        assertThat(pages(course, ReviewOrder.REVIEW_ORDER_RATING_ASCENDING))
                .hasSize(7)
                .isSortedAccordingTo(Comparator.comparing(Review::getRating).thenComparing(Review::getId));
        assertThat(critics.reviewsAnonymously()
                        .listReviews(Critics.listOf(course).setRating(3).build())
                        .getReviewsList())
                .hasSize(3);
        var withTokens = critics.reviewsAnonymously()
                .listReviews(Critics.listOf(course).setWithItemTokens(true).build());
        assertThat(withTokens.getItemTokensCount()).isEqualTo(7);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> critics.reviewsAnonymously()
                        .listReviews(Critics.listOf(course)
                                .setRating(2)
                                .setPageToken(withTokens.getItemTokens(0))
                                .build()));
    }

    @Test
    void areListedWithAsManyStatementsHoweverManyThereAre() throws Exception {
        var course = campus.published(campus.author(), "Much reviewed");
        critics.review(course, 5);
        var request = Critics.listOf(course).setPageSize(100).build();
        var few = platform.statements(
                "courses", () -> critics.reviewsAnonymously().listReviews(request));
        insertReviews(course, 500);
        var many = platform.statements("courses", () -> {
            var page = critics.reviewsAnonymously().listReviews(request);
            assertThat(page.getReviewsCount()).isEqualTo(100);
            return page;
        });
        assertThat(many).isEqualTo(few).isEqualTo(2);
    }

    /// Every bound of the requests, each broken once.
    @Test
    void refusesWhatIsOutOfBounds() throws Exception {
        var user = campus.learner();
        var stub = critics.reviews(user);
        var course = Course.newBuilder().setId(UNKNOWN).build();
        var create = Critics.aReview(course, 3);
        for (var wrong : List.of(
                new Wrong<>("request_id", create.clone().setRequestId("x").build()),
                new Wrong<>("course_id", create.clone().setCourseId("x").build()),
                new Wrong<>("rating", create.clone().setRating(0).build()),
                new Wrong<>("rating", create.clone().setRating(6).build()),
                new Wrong<>("title", create.clone().setTitle("x".repeat(201)).build()),
                new Wrong<>("text", create.clone().setText("x".repeat(5001)).build()))) {
            expectInvalid(wrong.field(), () -> stub.createReview(wrong.request()));
        }
        var update = UpdateReviewRequest.newBuilder()
                .setReviewId(UNKNOWN)
                .setUpdateMask(FieldMask.newBuilder().addPaths("text"));
        for (var wrong : List.of(
                new Wrong<>("review_id", update.clone().setReviewId("x").build()),
                new Wrong<>("etag", update.clone().setEtag("x".repeat(41)).build()),
                new Wrong<>("update_mask", update.clone().clearUpdateMask().build()),
                new Wrong<>(
                        "update_mask",
                        update.clone()
                                .setUpdateMask(FieldMask.newBuilder().addPaths("visible"))
                                .build()),
                new Wrong<>("rating", update.clone().setRating(-1).build()),
                new Wrong<>("rating", update.clone().setRating(6).build()),
                new Wrong<>("title", update.clone().setTitle("x".repeat(201)).build()),
                new Wrong<>("text", update.clone().setText("x".repeat(5001)).build()))) {
            expectInvalid(wrong.field(), () -> stub.updateReview(wrong.request()));
        }
        var list = Critics.listOf(course);
        for (var wrong : List.of(
                new Wrong<>("course_id", list.clone().setCourseId("x").build()),
                new Wrong<>("page_size", list.clone().setPageSize(-1).build()),
                new Wrong<>(
                        "page_token",
                        list.clone().setPageToken("x".repeat(1001)).build()),
                new Wrong<>("order_by", list.clone().setOrderByValue(99).build()),
                new Wrong<>("rating", list.clone().setRating(-1).build()),
                new Wrong<>("rating", list.clone().setRating(6).build()))) {
            expectInvalid(wrong.field(), () -> stub.listReviews(wrong.request()));
        }
        expectInvalid(
                "review_id",
                () -> stub.deleteReview(
                        DeleteReviewRequest.newBuilder().setReviewId("x").build()));
        expectInvalid(
                "review_id",
                () -> stub.voteReview(
                        VoteReviewRequest.newBuilder().setReviewId("x").build()));
        var moderators = critics.reviews(critics.moderator());
        expectInvalid(
                "review_id",
                () -> moderators.moderateReview(
                        ModerateReviewRequest.newBuilder().setReviewId("x").build()));
        expectInvalid(
                "reason",
                () -> moderators.moderateReview(ModerateReviewRequest.newBuilder()
                        .setReviewId(UNKNOWN)
                        .setReason("x".repeat(501))
                        .build()));
    }

    private record Wrong<M>(String field, M request) {}

    private static GetReviewRequest get(Review review) {
        return GetReviewRequest.newBuilder().setReviewId(review.getId()).build();
    }

    private static void expectInvalid(String field, Refusal.Call call) throws Exception {
        var refusal = Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, call);
        assertThat(refusal.fields()).first().asString().startsWith(field);
    }

    private static UpdateReviewRequest.Builder change(Review review) {
        return UpdateReviewRequest.newBuilder().setReviewId(review.getId()).setEtag(review.getEtag());
    }

    private Object delete(TestUser user, Review review) {
        return critics.reviews(user)
                .deleteReview(DeleteReviewRequest.newBuilder()
                        .setReviewId(review.getId())
                        .build());
    }

    private List<Review> list(TestUser user, Course course) {
        return critics.reviews(user)
                .listReviews(ListReviewsRequest.newBuilder()
                        .setCourseId(course.getId())
                        .build())
                .getReviewsList();
    }

    private List<Review> pages(Course course, ReviewOrder order) {
        var all = new ArrayList<Review>();
        var request = Critics.listOf(course).setOrderBy(order).setPageSize(2);
        do {
            var page = critics.reviewsAnonymously().listReviews(request.build());
            all.addAll(page.getReviewsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return all;
    }

    private static void insertReviews(Course course, int count) {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                WITH account AS (
                                    INSERT INTO auth.accounts (id, email, password_hash, status)
                                    SELECT id, id || '@test.example', '-', 'ACTIVE'
                                    FROM (SELECT uuidv7() AS id FROM generate_series(1, :count)) made
                                    RETURNING id)
                                INSERT INTO courses.course_reviews (id, course_id, user_id, rating, verified)
                                SELECT uuidv7(), :course, id, 3, true FROM account
                                """)
                        .bind("course", UUID.fromString(course.getId()))
                        .bind("count", count)
                        .execute());
    }
}
