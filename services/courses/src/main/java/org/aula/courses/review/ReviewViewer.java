package org.aula.courses.review;

import java.util.UUID;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Who looks, as far as it decides which reviews there are: a hidden one exists for its writer, for
/// moderators and for other services only.
///
/// @param id the user, or null for a visitor or a service
/// @param seesAll whether hidden reviews are shown too
record ReviewViewer(@Nullable UUID id, boolean seesAll) {

    /// Who makes the call in progress.
    static ReviewViewer current() {
        var caller = CallScope.current().caller();
        return switch (caller) {
            case Caller.Anonymous ignored -> new ReviewViewer(null, false);
            case Caller.User user -> new ReviewViewer(user.id(), user.holds("reviews:moderate"));
            case Caller.Partner partner -> new ReviewViewer(null, partner.holds("reviews:moderate"));
            case Caller.Service ignored -> new ReviewViewer(null, true);
        };
    }

    boolean sees(Review review) {
        return review.visible() || seesAll || review.userId().equals(id);
    }

    /// What [#sees] says, as a condition on a row that is called `review`.
    Sql visible() {
        return Sql.of("(review.visible OR ? OR review.user_id = ?)", seesAll, id);
    }
}
