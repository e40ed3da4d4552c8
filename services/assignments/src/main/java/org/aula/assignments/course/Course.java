package org.aula.assignments.course;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// A course as far as it decides who may do what with its work.
///
/// @param published whether it is in the catalog
@MappedEntity("courses")
public record Course(UUID id, UUID instructorId, boolean published) {}
