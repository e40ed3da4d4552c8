package org.aula.courses.category;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.permutation.Permutation;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes of the tree. They follow each other: the lock is held until the end of the caller's transaction.
/// There are few categories and few who change them.
@Singleton
final class CategoryTree {

    private static final int MAX_DEPTH = 10;

    /// A change: what was there, and what is there now.
    record Change(Category before, Category after) {}

    private final CategoryRepository categories;

    CategoryTree(CategoryRepository categories) {
        this.categories = categories;
    }

    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_TOO_DEEP
    Category add(Handle handle, Category wanted) {
        categories.lockTree(handle);
        categories.requireExists(handle, wanted.parentId());
        requireDepth(categories.path(handle, wanted.parentId()).size() + 1);
        requireFreeName(handle, wanted);
        return wanted.withSlug(categories.insert(handle, wanted));
    }

    /// A change that leads nowhere new gives the same before and after, whatever the etag.
    ///
    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_CYCLE, CATEGORY_TOO_DEEP,
    ///     ETAG_MISMATCH
    Change change(Handle handle, UUID id, String etag, UnaryOperator<Category> description) {
        categories.lockTree(handle);
        var before = categories.lock(handle, id).orElseThrow(CategoryRepository::notFound);
        var wanted = description.apply(before);
        if (wanted.equals(before)) {
            return new Change(before, before);
        }
        requireEtag(before, etag);
        if (!Objects.equals(wanted.parentId(), before.parentId())) {
            requireMovable(handle, wanted);
        }
        requireFreeName(handle, wanted);
        var after = wanted.withVersion(before.version() + 1);
        categories.update(handle, after);
        return new Change(before, after);
    }

    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_IN_USE, ETAG_MISMATCH
    Category remove(Handle handle, UUID id, String etag) {
        categories.lockTree(handle);
        var category = categories.lock(handle, id).orElseThrow(CategoryRepository::notFound);
        requireEtag(category, etag);
        var courses = categories.countCourses(handle, id);
        var children = categories.children(handle, id).size();
        if (courses + children > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_CATEGORY_IN_USE,
                    "the category has courses or children",
                    Map.of("courses", Long.toString(courses), "children", Integer.toString(children)));
        }
        categories.delete(handle, id);
        return category;
    }

    /// @throws ServiceException CATEGORY_NOT_FOUND, ORDER_INCOMPLETE
    List<Category> reorder(Handle handle, @Nullable UUID parentId, List<UUID> ids) {
        categories.lockTree(handle);
        categories.requireExists(handle, parentId);
        var present =
                categories.children(handle, parentId).stream().map(Category::id).toList();
        Permutation.requireComplete("category_ids", present, ids);
        categories.reorder(handle, ids);
        return categories.children(handle, parentId);
    }

    private void requireMovable(Handle handle, Category wanted) {
        categories.requireExists(handle, wanted.parentId());
        var above = categories.path(handle, wanted.parentId());
        if (above.contains(wanted.id())) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_CATEGORY_CYCLE, "parent_id", "a category cannot lie below itself");
        }
        requireDepth(above.size() + categories.height(handle, wanted.id()));
    }

    private void requireFreeName(Handle handle, Category wanted) {
        if (categories.isNameTaken(handle, wanted)) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_CATEGORY_NAME_TAKEN,
                    "there is a category of this name already",
                    Map.of("name", wanted.name()));
        }
    }

    private static void requireDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_CATEGORY_TOO_DEEP,
                    "the tree has " + MAX_DEPTH + " levels at most",
                    Map.of("limit", Integer.toString(MAX_DEPTH)));
        }
    }

    private static void requireEtag(Category present, String etag) {
        if (!etag.isEmpty() && !etag.equals(Long.toString(present.version()))) {
            throw Errors.etagMismatch();
        }
    }
}
