package org.aula.grades.gradebook;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// How the grade of a course is made, as a row.
///
/// @param categories the contract's settings with only these, in JSON
/// @param letters the contract's settings with only these, in JSON
@MappedEntity("gradebook_settings")
record SettingsRow(
        UUID courseId, String categories, String letters, boolean missingCountsZero, long version, Instant updatedAt) {}
