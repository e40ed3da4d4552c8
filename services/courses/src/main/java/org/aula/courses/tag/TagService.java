package org.aula.courses.tag;

import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.cache.CatalogCache;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// What is done with tags: each name is given once, and each change has its entry in the audit log.
@Singleton
public final class TagService {

    private static final String RESOURCE = "tag";

    private final TagRepository tags;
    private final Database database;
    private final CatalogCache cache;
    private final Audit audit;

    TagService(TagRepository tags, Database database, CatalogCache cache, Audit audit) {
        this.tags = tags;
        this.database = database;
        this.cache = cache;
        this.audit = audit;
    }

    /// Inserts a new tag, in the caller's transaction.
    ///
    /// @throws ServiceException ALREADY_EXISTS with TAG_NAME_TAKEN
    Tag create(Tag tag) {
        requireFreeName(tag);
        tags.insert(tag);
        audit.recordCreated(RESOURCE, tag.id(), TagMapper.toProto(tag));
        return tag;
    }

    /// Tags by name, one page and the first of the next.
    ///
    /// @param prefix only those that begin so; empty for all
    /// @param after cursor of the last tag that was read; empty for the first page
    List<Tag> list(String prefix, List<String> after, int limit) {
        return database.query(() -> tags.list(prefix, after, limit));
    }

    /// Those of the tags that exist, in any order.
    List<Tag> findAll(List<UUID> ids) {
        return database.query(() -> tags.findAll(ids));
    }

    /// Changes a tag.
    ///
    /// @param next gives the tag as it shall be
    /// @throws ServiceException NOT_FOUND with TAG_NOT_FOUND; ALREADY_EXISTS with TAG_NAME_TAKEN
    Tag update(UUID id, UnaryOperator<Tag> next) {
        var change = database.transact(() -> {
            tags.lockNames();
            var before = tags.find(id).orElseThrow(() -> notFound(id));
            var changed = new Change<>(before, next.apply(before));
            if (!changed.isNone()) {
                requireFreeName(changed.after());
                tags.update(changed.after());
            }
            audit.record(RESOURCE, id, changed, TagMapper::toProto);
            return changed;
        });
        cache.everythingChanged();
        return change.after();
    }

    /// Deletes a tag and takes it from every course.
    ///
    /// @throws ServiceException NOT_FOUND with TAG_NOT_FOUND
    void delete(UUID id) {
        database.transact(() -> {
            tags.lockNames();
            var tag = tags.find(id).orElseThrow(() -> notFound(id));
            tags.delete(id);
            audit.recordDeleted(RESOURCE, id, TagMapper.toProto(tag));
        });
        cache.everythingChanged();
    }

    /// Tags of these words, however they are written, in the work of the caller.
    public List<Tag> findByNames(List<String> names) {
        return tags.findByNames(names);
    }

    /// Gives a course these tags and no others, in the caller's transaction.
    ///
    /// @return the tags, by name, not counted
    /// @throws ServiceException NOT_FOUND with TAG_NOT_FOUND
    public List<Tag> assign(UUID courseId, List<UUID> tagIds) {
        var found = tags.lockAll(tagIds);
        var known = found.stream().map(Tag::id).toList();
        tagIds.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw notFound(id);
        });
        tags.unlinkOthers(courseId, tagIds);
        tags.link(courseId, tagIds);
        return found;
    }

    private void requireFreeName(Tag tag) {
        tags.lockNames();
        if (tags.isNameTaken(tag.name(), tag.id())) {
            throw Errors.alreadyExists(
                    ErrorReason.ERROR_REASON_TAG_NAME_TAKEN,
                    "a tag with this name already exists",
                    Map.of("name", tag.name()));
        }
    }

    private static ServiceException notFound(UUID id) {
        return Errors.of(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_TAG_NOT_FOUND,
                "tag not found",
                Map.of("tag_id", id.toString()));
    }
}
