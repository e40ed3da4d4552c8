package org.aula.courses.review;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once a day whether every course's rating is what its reviews come to, and fixes what is not. There
/// should never be anything to fix: what is found is logged as an error.
@Singleton
final class ReviewRecount implements RecurringJob {

    private static final Logger LOG = LoggerFactory.getLogger(ReviewRecount.class);

    private final ReviewRepository reviews;
    private final Database database;

    ReviewRecount(ReviewRepository reviews, Database database) {
        this.reviews = reviews;
        this.database = database;
    }

    @Override
    public String name() {
        return "review-recount";
    }

    @Override
    public Duration every() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        for (var courseId : database.query(reviews::findMiscounted)) {
            if (recount(courseId)) {
                LOG.error("the rating of course {} was not what its reviews come to", courseId);
            }
        }
    }

    /// Counts the reviews of a course anew. The counts are locked in a statement before: so what is read
    /// are the changes that are in the counts, and those that are not yet add theirs afterwards.
    ///
    /// @return whether the counts were wrong
    private boolean recount(UUID courseId) {
        return database.transact(() -> {
            reviews.lockCounts(courseId);
            return reviews.recount(courseId) == 1;
        });
    }
}
