package org.aula.grades.course;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;

/// What `courses` tells of a course.
///
/// @param published whether it is in the catalog, so that everybody may know of it
@MappedEntity("courses")
public record Course(UUID id, UUID instructorId, boolean published) {

    /// Whether the caller may know that it exists.
    boolean isVisible() {
        var scope = CallScope.current();
        return published
                || scope.seesAll()
                || scope.caller().is(instructorId)
                || scope.caller().holds("courses:read")
                || scope.caller() instanceof Caller.Service;
    }
}
