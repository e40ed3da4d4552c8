package org.aula.courses.category;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.UpdateCategoryRequest;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// Categories to and from messages.
final class CategoryMapper {

    private CategoryMapper() {}

    /// A new category as asked for, still without a slug.
    static Category create(CreateCategoryRequest request) {
        return new Category(
                UuidCreator.getTimeOrderedEpoch(),
                request.getName(),
                "",
                request.getDescription(),
                id(request.getParentId()),
                request.getSortOrder(),
                "",
                true,
                1);
    }

    /// A category after what the mask names was changed, still of the version before.
    static Category update(Category before, UpdateCategoryRequest request) {
        var wanted = Updates.copy(request, org.aula.api.courses.v1.Category.newBuilder())
                .build();
        var after = Updates.merge(toProto(before), wanted, request.getUpdateMask());
        if (after.getName().isBlank()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "name", "must not be empty");
        }
        return new Category(
                before.id(),
                after.getName(),
                before.slug(),
                after.getDescription(),
                id(after.getParentId()),
                before.sortOrder(),
                after.getIconUrl(),
                after.getActive(),
                before.version());
    }

    static org.aula.api.courses.v1.Category toProto(Category category) {
        var parentId = category.parentId();
        return org.aula.api.courses.v1.Category.newBuilder()
                .setId(category.id().toString())
                .setName(category.name())
                .setSlug(category.slug())
                .setDescription(category.description())
                .setParentId(parentId == null ? "" : parentId.toString())
                .setSortOrder(category.sortOrder())
                .setIconUrl(category.iconUrl())
                .setActive(category.active())
                .setEtag(Long.toString(category.version()))
                .build();
    }

    static @Nullable UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }
}
