package org.aula.grades.quiz;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// A quiz that was published.
///
/// @param offered whether attempts begin, as it was not withdrawn since
/// @param version the last one
@MappedEntity("quizzes")
public record PublishedQuiz(UUID id, UUID courseId, boolean offered, int version) {}
