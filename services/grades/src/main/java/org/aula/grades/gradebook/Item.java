package org.aula.grades.gradebook;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// Something that is graded, as its last published version calls it.
@MappedEntity("gradebook_items")
public record Item(UUID id, UUID courseId, Kind kind, String title, int maxPoints, int version) {

    /// As in the contract, without prefix.
    public enum Kind {
        QUIZ,
        FILE_ASSIGNMENT
    }
}
