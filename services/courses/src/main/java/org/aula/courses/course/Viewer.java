package org.aula.courses.course;

import java.util.Set;
import java.util.UUID;
import org.aula.courseaccess.Person;
import org.aula.kernel.postgres.Sql;
import org.jspecify.annotations.Nullable;

/// Who looks, as far as it decides which courses there are: what is not in the catalog exists for its
/// owner and for those who see all; what was in it also for those who are enrolled, see [KeptCourses].
/// [Person] says who sees all. Statements say the same by [#visible].
///
/// @param id the user, or null for a visitor or a service
/// @param seesAll whether courses that are not in the catalog are shown too
/// @param kept courses that left the catalog and that an enrollment opens to this user, as far as they were
///     asked for
public record Viewer(@Nullable UUID id, boolean seesAll, Set<UUID> kept) {

    public Viewer {
        kept = Set.copyOf(kept);
    }

    /// Who makes the call in progress.
    public static Viewer current() {
        var person = Person.calling();
        return new Viewer(person.id(), person.seesAll(), Set.of());
    }

    /// SQL condition on a row of `courses` that is called `course`: that it exists for this viewer.
    public Sql visible() {
        return Sql.of("""
                (course.deleted_at IS NULL
                 AND (course.status = 'PUBLISHED' OR ? OR course.instructor_id = ? OR course.id = ANY(?)))
                """, seesAll, id, keptIds());
    }

    /// The same viewer, to whom enrollments open these courses.
    public Viewer keeping(Set<UUID> courses) {
        return new Viewer(id, seesAll, courses);
    }

    /// As statements bind it.
    public UUID[] keptIds() {
        return kept.toArray(UUID[]::new);
    }

    /// Whether courses of this instructor are shown before they are in the catalog.
    public boolean seesUnpublishedOf(UUID instructorId) {
        return seesAll || instructorId.equals(id);
    }

    /// Whether it is nobody known, who sees what everyone may see.
    boolean isVisitor() {
        return id == null && !seesAll;
    }
}
