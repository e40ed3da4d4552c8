package org.aula.courses.category;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.aula.api.courses.v1.CreateCategoryRequest;

/// Categories to and from messages.
final class CategoryProtos {

    private CategoryProtos() {}

    /// A new category as asked for, still without a slug.
    static Category newCategory(CreateCategoryRequest request) {
        return new Category(
                UuidCreator.getTimeOrderedEpoch(),
                request.getName(),
                "",
                request.getDescription(),
                request.getParentId().isEmpty() ? null : UUID.fromString(request.getParentId()),
                request.getSortOrder());
    }

    static org.aula.api.courses.v1.Category message(Category category) {
        var parentId = category.parentId();
        return org.aula.api.courses.v1.Category.newBuilder()
                .setId(category.id().toString())
                .setName(category.name())
                .setSlug(category.slug())
                .setDescription(category.description())
                .setParentId(parentId == null ? "" : parentId.toString())
                .setSortOrder(category.sortOrder())
                .build();
    }
}
