package org.aula.courses.tag;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// A word that courses are found by.
///
/// @param name unique, whatever the case of its letters
/// @param color as `#rrggbb`
/// @param courseCount published courses that carry it, where it was counted; else 0
@MappedEntity("tags")
public record Tag(UUID id, String name, String color, long courseCount) {}
