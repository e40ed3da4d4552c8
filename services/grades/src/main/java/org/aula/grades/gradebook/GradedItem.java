package org.aula.grades.gradebook;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that is graded in a course.
///
/// @param categoryId null for none
@MappedEntity("gradebook_items")
record GradedItem(
        UUID id,
        Item.Kind kind,
        String title,
        BigDecimal maxPoints,
        @Nullable String categoryId) {}
