package org.aula.courseaccess;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A course, and how one user stands to it.
///
/// @param instructorId who teaches and owns it
/// @param inCatalog whether everybody may know of it
/// @param enrollmentId of the user, also when it is over; null for none
/// @param open whether the enrollment opens the lessons now
@MappedEntity("courses")
public record KnownCourse(
        UUID id,
        UUID instructorId,
        boolean inCatalog,
        @Nullable UUID enrollmentId,
        boolean open) {

    /// Whether it exists for that user: what left the catalog does for those to whom it is open.
    public boolean isVisibleTo(Person person) {
        return inCatalog || isOpenTo(person);
    }

    /// Whether what is for those who are enrolled is for that user.
    public boolean isOpenTo(Person person) {
        return open || person.seesAllOf(instructorId);
    }
}
