package org.aula.courses.category;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.permutation.Permutation;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// Changes of the tree. They follow each other: the lock is held until the end of the caller's transaction.
/// There are few categories and few who change them.
@Singleton
final class CategoryTree {

    private static final int MAX_DEPTH = 10;

    private final CategoryRepository categories;

    CategoryTree(CategoryRepository categories) {
        this.categories = categories;
    }

    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_TOO_DEEP
    Category add(Category wanted) {
        categories.lockTree();
        categories.requireExists(wanted.parentId());
        requireDepth(categories.path(wanted.parentId()).size() + 1);
        requireFreeName(wanted);
        return wanted.withSlug(categories.insert(wanted));
    }

    /// A change that leads nowhere new gives the same before and after, whatever the etag.
    ///
    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_CYCLE, CATEGORY_TOO_DEEP,
    ///     ETAG_MISMATCH
    Change<Category> change(UUID id, String etag, UnaryOperator<Category> description) {
        categories.lockTree();
        var before = categories.lock(id).orElseThrow(CategoryRepository::notFound);
        var wanted = description.apply(before);
        if (wanted.equals(before)) {
            return Change.none(before);
        }
        Etags.require(etag, before.version());
        if (!Objects.equals(wanted.parentId(), before.parentId())) {
            requireMovable(wanted);
        }
        requireFreeName(wanted);
        var after = wanted.withVersion(before.version() + 1);
        categories.update(after);
        return new Change<>(before, after);
    }

    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_IN_USE, ETAG_MISMATCH
    Category remove(UUID id, String etag) {
        categories.lockTree();
        var category = categories.lock(id).orElseThrow(CategoryRepository::notFound);
        Etags.require(etag, category.version());
        var courses = categories.countCourses(id);
        var children = categories.children(id).size();
        if (courses + children > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_CATEGORY_IN_USE,
                    "the category has courses or children",
                    Map.of("courses", Long.toString(courses), "children", Integer.toString(children)));
        }
        categories.delete(id);
        return category;
    }

    /// @throws ServiceException CATEGORY_NOT_FOUND, ORDER_INCOMPLETE
    List<Category> reorder(@Nullable UUID parentId, List<UUID> ids) {
        categories.lockTree();
        categories.requireExists(parentId);
        var present =
                categories.children(parentId).stream().map(Category::id).toList();
        Permutation.requireComplete("category_ids", present, ids);
        categories.reorder(ids);
        return categories.children(parentId);
    }

    private void requireMovable(Category wanted) {
        categories.requireExists(wanted.parentId());
        var above = categories.path(wanted.parentId());
        if (above.contains(wanted.id())) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_CATEGORY_CYCLE, "parent_id", "a category cannot lie below itself");
        }
        requireDepth(above.size() + categories.height(wanted.id()));
    }

    private void requireFreeName(Category wanted) {
        if (categories.isNameTaken(wanted)) {
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
}
