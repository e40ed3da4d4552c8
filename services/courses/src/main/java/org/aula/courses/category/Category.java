package org.aula.courses.category;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A subject under which courses are found.
///
/// @param name unique under its parent, whatever the case of its letters
/// @param slug name in addresses
/// @param parentId null at the top
/// @param sortOrder place among its siblings, ascending
record Category(
        UUID id,
        String name,
        String slug,
        String description,
        @Nullable UUID parentId,
        int sortOrder) {

    Category withSlug(String newSlug) {
        return new Category(id, name, newSlug, description, parentId, sortOrder);
    }
}
