package org.aula.courses.course;

import java.util.UUID;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.identity.Caller;
import org.jspecify.annotations.Nullable;

/// Who looks, as far as it decides which courses there are: what is not in the catalogue exists for its
/// owner, for reviewers (`courses:read`) and for other services only.
///
/// Statements that read courses or what is below them say the same by [#VISIBLE], with this viewer's fields
/// bound.
///
/// @param id the user, or null for a visitor or a service
/// @param seesAll whether courses that are not in the catalogue are shown too
public record Viewer(@Nullable UUID id, boolean seesAll) {

    /// SQL condition on a row of `courses` that is called `course`.
    public static final String VISIBLE = """
            (course.deleted_at IS NULL
             AND (course.status = 'PUBLISHED' OR :viewer.seesAll OR course.instructor_id = :viewer.id))
            """;

    /// Who makes the call in progress.
    public static Viewer current() {
        var caller = CallScope.current().caller();
        return switch (caller) {
            case Caller.Anonymous ignored -> new Viewer(null, false);
            case Caller.User user -> new Viewer(user.id(), user.holds("courses:read"));
            case Caller.Service ignored -> new Viewer(null, true);
        };
    }

    /// Whether courses of this instructor are shown before they are in the catalogue.
    public boolean seesUnpublishedOf(UUID instructorId) {
        return seesAll || instructorId.equals(id);
    }

    /// Whether it is nobody known, who sees what everyone may see.
    boolean isVisitor() {
        return id == null && !seesAll;
    }
}
