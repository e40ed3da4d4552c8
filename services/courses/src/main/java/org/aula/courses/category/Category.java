package org.aula.courses.category;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A subject under which courses are found.
///
/// @param name unique under its parent, whatever the case of its letters
/// @param slug name in addresses, kept when the name changes
/// @param parentId null at the top
/// @param sortOrder place among its siblings, ascending
/// @param iconUrl address of a picture; empty for none
/// @param active whether visitors see it
/// @param version rises with every change; the etag
@MappedEntity("course_categories")
public record Category(
        UUID id,
        String name,
        String slug,
        String description,
        @Nullable UUID parentId,
        int sortOrder,
        String iconUrl,
        boolean active,
        long version) {

    Category withSlug(String newSlug) {
        return new Category(id, name, newSlug, description, parentId, sortOrder, iconUrl, active, version);
    }

    Category withVersion(long newVersion) {
        return new Category(id, name, slug, description, parentId, sortOrder, iconUrl, active, newVersion);
    }
}
