package org.aula.courses.lesson;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/// Documents of `lesson_contents`, one for each lesson that has content; see [LessonDocumentFactory] for
/// their form.
@Singleton
public final class LessonContentStore {

    private static final FindOneAndUpdateOptions UPDATE =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    private static final FindOneAndUpdateOptions UPDATE_OR_INSERT =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER).upsert(true);

    private final MongoCollection<Document> contents;

    LessonContentStore(MongoDatabase database) {
        this.contents = database.getCollection("lesson_contents");
    }

    /// The content of a lesson, without pages while nothing was written.
    public LessonContent read(UUID lessonId) {
        return find(lessonId).orElseGet(() -> LessonContent.empty(lessonId));
    }

    /// Writes over whatever is there.
    public LessonContent write(UUID lessonId, List<Page> pages, Instant now) {
        try {
            return upsert(lessonId, pages, now);
        } catch (MongoCommandException failed) {
            if (ErrorCategory.fromErrorCode(failed.getErrorCode()) != ErrorCategory.DUPLICATE_KEY) {
                throw failed;
            }
            // Another wrote the first version in between; now there is one to change.
            return upsert(lessonId, pages, now);
        }
    }

    /// Writes over one version. Writing the same over the same version again is answered like the first
    /// time, since most likely the first answer got lost.
    ///
    /// @throws ServiceException ABORTED with ETAG_MISMATCH when another version is there
    LessonContent write(UUID lessonId, List<Page> pages, long expectedVersion, Instant now) {
        var expected = and(byId(lessonId), eq("version", expectedVersion));
        var written = contents.findOneAndUpdate(expected, change(pages, now), UPDATE);
        if (written != null) {
            return LessonDocumentFactory.content(written);
        }
        return find(lessonId)
                .filter(present -> present.version() == expectedVersion + 1
                        && present.pages().equals(pages))
                .orElseThrow(Errors::etagMismatch);
    }

    /// Deletes the contents of these lessons.
    public void delete(Collection<UUID> lessonIds) {
        contents.deleteMany(in("_id", lessonIds.stream().map(UUID::toString).toList()));
    }

    private Optional<LessonContent> find(UUID lessonId) {
        return Optional.ofNullable(contents.find(byId(lessonId)).first()).map(LessonDocumentFactory::content);
    }

    private LessonContent upsert(UUID lessonId, List<Page> pages, Instant now) {
        @Nullable Document written = contents.findOneAndUpdate(byId(lessonId), change(pages, now), UPDATE_OR_INSERT);
        if (written == null) {
            throw new IllegalStateException("an upsert gave no document");
        }
        return LessonDocumentFactory.content(written);
    }

    private static Bson byId(UUID lessonId) {
        return eq("_id", lessonId.toString());
    }

    private static Bson change(List<Page> pages, Instant now) {
        return combine(
                set("pages", LessonDocumentFactory.pages(pages)), set("updatedAt", Date.from(now)), inc("version", 1L));
    }
}
