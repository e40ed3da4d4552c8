package org.aula.courses.category;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.cache.CatalogCache;
import org.aula.courses.permutation.Permutation;
import org.aula.courses.slug.SlugRepository;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// What is done with categories. Changes of the tree follow each other, each holding its lock until the end
/// of its transaction: there are few categories and few callers who change them.
@Singleton
public final class CategoryService {

    private static final String RESOURCE = "category";
    private static final int MAX_DEPTH = 10;

    private final CategoryRepository categories;
    private final SlugRepository slugs;
    private final Database database;
    private final CatalogCache cache;
    private final Audit audit;

    CategoryService(
            CategoryRepository categories, SlugRepository slugs, Database database, CatalogCache cache, Audit audit) {
        this.categories = categories;
        this.slugs = slugs;
        this.database = database;
        this.cache = cache;
        this.audit = audit;
    }

    /// Refuses a category that does not exist, and keeps one that does from being deleted until the end of
    /// the caller's transaction; none at all is fine.
    ///
    /// @throws ServiceException NOT_FOUND with CATEGORY_NOT_FOUND
    public void requireExists(@Nullable UUID categoryId) {
        if (categoryId != null && !exists(categoryId)) {
            throw notFound();
        }
    }

    /// Whether there is such a category; it stays until the end of the caller's transaction.
    public boolean exists(UUID categoryId) {
        return categories.lockId(categoryId).isPresent();
    }

    /// A category by id or by slug.
    ///
    /// @throws ServiceException NOT_FOUND with CATEGORY_NOT_FOUND, also for one that is not offered to the
    ///     caller
    Category get(@Nullable UUID id, String slug) {
        return database.query(() -> categories.find(id, slug, seesAll())).orElseThrow(CategoryService::notFound);
    }

    /// Categories that are offered to the caller: parents before children, siblings in their order.
    ///
    /// @param afterId the last category that was read; null for the first page
    List<Category> list(@Nullable UUID afterId, int limit) {
        return database.query(() -> categories.list(afterId, limit, seesAll()));
    }

    /// Adds a category under a slug of its own, in the caller's transaction.
    ///
    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_TOO_DEEP
    Category create(Category wanted) {
        categories.lockTree();
        requireExists(wanted.parentId());
        requireDepth(categories.path(wanted.parentId()).size() + 1);
        requireFreeName(wanted);
        var created = wanted.withSlug(slugs.insert(
                SlugRepository.Table.CATEGORIES, wanted.name(), slug -> categories.insert(wanted.withSlug(slug)) == 1));
        audit.recordCreated(RESOURCE, created.id(), CategoryMapper.toProto(created));
        return created;
    }

    /// A change that leads nowhere new is fine, whatever the etag.
    ///
    /// @param next gives the category as it shall be
    /// @throws ServiceException CATEGORY_NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_CYCLE, CATEGORY_TOO_DEEP,
    ///     ETAG_MISMATCH
    Category update(UUID id, String etag, UnaryOperator<Category> next) {
        var after = database.transact(() -> {
            categories.lockTree();
            var before = categories.lock(id).orElseThrow(CategoryService::notFound);
            var change = change(before, next.apply(before), etag);
            audit.record(RESOURCE, id, change, CategoryMapper::toProto);
            return change.after();
        });
        cache.everythingChanged();
        return after;
    }

    private Change<Category> change(Category before, Category wanted, String etag) {
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
    void delete(UUID id, String etag) {
        database.transact(() -> {
            categories.lockTree();
            var category = categories.lock(id).orElseThrow(CategoryService::notFound);
            Etags.require(etag, category.version());
            requireUnused(id);
            categories.delete(id);
            audit.recordDeleted(RESOURCE, id, CategoryMapper.toProto(category));
        });
    }

    private void requireUnused(UUID id) {
        var courses = categories.countCourses(id);
        var children = categories.children(id).size();
        if (courses + children > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_CATEGORY_IN_USE,
                    "the category has courses or children",
                    Map.of("courses", Long.toString(courses), "children", Integer.toString(children)));
        }
    }

    /// Gives the children of a category, or of the top, the order of the list.
    ///
    /// @throws ServiceException CATEGORY_NOT_FOUND, ORDER_INCOMPLETE
    List<Category> reorder(@Nullable UUID parentId, List<UUID> ids) {
        return database.transact(() -> {
            audit.recordAction(RESOURCE, parentId == null ? "" : parentId);
            categories.lockTree();
            requireExists(parentId);
            var present =
                    categories.children(parentId).stream().map(Category::id).toList();
            Permutation.requireComplete("category_ids", present, ids);
            categories.reorder(ids);
            return categories.children(parentId);
        });
    }

    private void requireMovable(Category wanted) {
        requireExists(wanted.parentId());
        var above = categories.path(wanted.parentId());
        if (above.contains(wanted.id())) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_CATEGORY_CYCLE, "parent_id", "a category cannot lie below itself");
        }
        requireDepth(above.size() + categories.height(wanted.id()));
    }

    private void requireFreeName(Category wanted) {
        if (categories.isNameTaken(wanted.parentId(), wanted.name(), wanted.id())) {
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

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, "category not found");
    }

    /// Callers who change categories also see those that are not offered.
    private static boolean seesAll() {
        return CallScope.current().caller().holds("categories:write");
    }
}
