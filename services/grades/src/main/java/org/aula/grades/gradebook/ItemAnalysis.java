package org.aula.grades.gradebook;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How learners did with a question.
///
/// @param difficulty part of the points that was had on average
/// @param discrimination null when it cannot be told
@MappedEntity("quiz_responses")
record ItemAnalysis(
        UUID questionId,
        int count,
        int answered,
        double difficulty,
        @Nullable Double discrimination) {}
