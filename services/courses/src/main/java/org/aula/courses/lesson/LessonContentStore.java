package org.aula.courses.lesson;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.courses.lesson.LessonContent.Page;
import org.bson.Document;

/// Documents of `lesson_contents`, one for each revision of a lesson's content; see [LessonDocumentFactory]
/// for their form. Which of them count says [ContentHeadRepository].
@Singleton
final class LessonContentStore {

    private final MongoCollection<Document> contents;

    LessonContentStore(MongoDatabase database) {
        this.contents = database.getCollection("lesson_contents");
    }

    Optional<StoredRevision> find(UUID lessonId, int revision) {
        return Optional.ofNullable(contents.find(byId(lessonId, revision)).first())
                .map(LessonDocumentFactory::stored);
    }

    /// Revisions without their pages, the latest first.
    ///
    /// @param below only those with a smaller number
    List<LessonRevision> list(UUID lessonId, int below, int limit) {
        return contents.find(and(eq("lessonId", lessonId.toString()), lt("revision", below)))
                .projection(exclude("pages"))
                .sort(descending("revision"))
                .limit(limit)
                .map(LessonDocumentFactory::revision)
                .into(new ArrayList<>());
    }

    /// Writes a revision, and over what a change of the same number left that was never committed: whoever
    /// calls this holds the lesson's head.
    void put(LessonRevision revision, List<Page> pages) {
        contents.replaceOne(
                byId(revision.lessonId(), revision.revision()),
                LessonDocumentFactory.document(revision, pages),
                new ReplaceOptions().upsert(true));
    }

    /// Deletes old revisions.
    ///
    /// @param last the highest number to go
    /// @param kept numbers that stay
    void prune(UUID lessonId, int last, Collection<Integer> kept) {
        if (last >= 1) {
            contents.deleteMany(and(eq("lessonId", lessonId.toString()), lte("revision", last), nin("revision", kept)));
        }
    }

    /// Deletes the contents of these lessons.
    void delete(Collection<UUID> lessonIds) {
        contents.deleteMany(
                in("lessonId", lessonIds.stream().map(UUID::toString).toList()));
    }

    private static org.bson.conversions.Bson byId(UUID lessonId, int revision) {
        return eq("_id", LessonDocumentFactory.id(lessonId, revision));
    }
}
