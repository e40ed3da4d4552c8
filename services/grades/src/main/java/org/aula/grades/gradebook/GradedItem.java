package org.aula.grades.gradebook;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that is graded in a course.
///
/// @param categoryId null for none
record GradedItem(
        UUID id,
        Item.Kind kind,
        String title,
        BigDecimal maxPoints,
        @Nullable String categoryId) {}
