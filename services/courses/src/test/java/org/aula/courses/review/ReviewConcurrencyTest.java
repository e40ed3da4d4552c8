package org.aula.courses.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.DeleteReviewRequest;
import org.aula.api.courses.v1.ModerateReviewRequest;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.UpdateReviewRequest;
import org.aula.courses.Campus;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Ratings stay exact though many write at once.
class ReviewConcurrencyTest {

    private static final int THREADS = 8;

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments");

    private final Campus campus = new Campus(platform);
    private final Critics critics = new Critics(platform, campus);

    @Test
    void twoHundredWritesAtOnceLeaveNoDrift() throws Exception {
        var course = campus.published(campus.author(), "Contested");
        var moderator = critics.reviews(critics.moderator());
        var seed = new Random(5);
        var first = atOnce(IntStream.range(0, 40)
                .mapToObj(number -> (Callable<Review>) () -> critics.review(course, 1 + number % 5))
                .toList());
        assertThat(critics.read(course).getReviewCount()).isEqualTo(40);
        assertThat(critics.isExact(course)).isTrue();

        var writes = new ArrayList<Callable<Object>>();
        for (int number = 0; number < 200; number++) {
            var review = first.get(seed.nextInt(first.size()));
            var rating = 1 + seed.nextInt(5);
            switch (number % 4) {
                case 0 -> writes.add(() -> critics.review(course, rating));
                case 1 -> writes.add(() -> rerate(review, rating));
                case 2 ->
                    writes.add(() -> moderator.moderateReview(ModerateReviewRequest.newBuilder()
                            .setReviewId(review.getId())
                            .setVisible(rating > 2)
                            .build()));
                default ->
                    writes.add(() -> rating > 3
                            ? moderator.deleteReview(DeleteReviewRequest.newBuilder()
                                    .setReviewId(review.getId())
                                    .build())
                            : critics.vote(campus.learner(), review, true));
            }
        }
        atOnce(writes);

        assertThat(critics.isExact(course)).isTrue();
        var expected = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT coalesce(round(avg(rating), 2), 0) FROM courses.course_reviews
                                WHERE course_id = :course AND visible
                                """)
                        .bind("course", UUID.fromString(course.getId()))
                        .mapTo(Double.class)
                        .one());
        assertThat(critics.read(course).getAverageRating()).isEqualTo(expected);
        assertThat(miscounted()).doesNotContain(UUID.fromString(course.getId()));
        assertThat(votesAreExact(course)).isTrue();
    }

    @Test
    void ofOneLearnersWritesAtOnceOneWins() throws Exception {
        var course = campus.published(campus.author(), "Once");
        var learner = critics.learner(course);
        var answers = atOnce(IntStream.range(0, 20)
                .mapToObj(number -> (Callable<Review>) () -> critics.review(learner, course, 5))
                .toList());
        assertThat(answers).hasSize(1);
        assertThat(critics.read(course).getReviewCount()).isEqualTo(1);
    }

    @Test
    void ofOneUsersVotesAtOnceOneCounts() throws Exception {
        var course = campus.published(campus.author(), "Voted");
        var review = critics.review(course, 5);
        var readers = List.of(campus.learner(), campus.learner(), campus.learner());
        atOnce(IntStream.range(0, 60)
                .mapToObj(number -> (Callable<Review>) () -> critics.vote(readers.get(number % 3), review, true))
                .toList());
        assertThat(critics.vote(campus.learner(), review, true).getHelpfulCount())
                .isEqualTo(4);
        assertThat(votesAreExact(course)).isTrue();
    }

    @Test
    void aRecountMendsWhatSomebodyBroke() throws Exception {
        var course = campus.published(campus.author(), "Broken");
        critics.review(course, 2);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.course_stats SET rating_sum = 15, review_count = 3 WHERE course_id = ?",
                        UUID.fromString(course.getId())));
        assertThat(miscounted()).contains(UUID.fromString(course.getId()));
        var job = platform.bean("courses", ReviewRecount.class);
        platform.inside("courses", () -> {
            job.run();
            return true;
        });
        assertThat(critics.isExact(course)).isTrue();
        assertThat(miscounted()).isEmpty();
    }

    private static List<UUID> miscounted() throws Exception {
        var reviews = platform.bean("courses", ReviewRepository.class);
        var database = platform.bean("courses", Database.class);
        return platform.inside("courses", () -> database.query(reviews::findMiscounted));
    }

    private static boolean votesAreExact(Course course) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                                SELECT bool_and(helpful_count = (
                                    SELECT count(*) FROM courses.review_votes WHERE review_id = review.id))
                                FROM courses.course_reviews review WHERE course_id = :course
                                """)
                        .bind("course", UUID.fromString(course.getId()))
                        .mapTo(Boolean.class)
                        .one());
    }

    /// A new rating by the review's own writer.
    private Review rerate(Review review, int rating) {
        var writer = new TestUser(
                UUID.fromString(review.getUserId()),
                platform.token(new TestUser(UUID.fromString(review.getUserId()), ""), List.of(), UUID.randomUUID(), 0));
        return critics.reviews(writer)
                .updateReview(UpdateReviewRequest.newBuilder()
                        .setReviewId(review.getId())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("rating"))
                        .setRating(rating)
                        .build())
                .getReview();
    }

    /// Runs all at once; what was refused because of the others is left out.
    private static <T> List<T> atOnce(List<? extends Callable<? extends T>> calls) throws Exception {
        var answers = new ArrayList<T>();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var futures = new ArrayList<Future<? extends T>>();
            calls.forEach(call -> futures.add(threads.submit(call)));
            for (var future : futures) {
                try {
                    answers.add(future.get());
                } catch (ExecutionException refused) {
                    assertThat(Status.fromThrowable(refused).getCode())
                            .isIn(Code.NOT_FOUND, Code.ALREADY_EXISTS, Code.PERMISSION_DENIED);
                }
            }
        }
        return answers;
    }
}
