package org.aula.enrollments.progress;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.grpc.Context;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.aula.enrollments.progress.LessonDetails.Key;
import org.aula.kernel.error.ErrorMapping;
import org.bson.Document;
import org.bson.conversions.Bson;

/// Documents of `lesson_progress_details`, one for an enrollment and a lesson. Each change is one update of
/// one document, so that two at once both hold.
///
/// No question takes longer than what is left of the call's deadline.
@Singleton
final class LessonDetailStore {

    static final int MAX_NOTES = 200;
    static final int MAX_STEPS = 500;

    private static final long MAX_MILLIS = 5_000;
    private static final String NOTES = "notes";
    private static final String STEPS = "steps";

    private final MongoCollection<Document> collection;

    LessonDetailStore(MongoDatabase database) {
        this.collection = database.getCollection("lesson_progress_details");
    }

    LessonDetails find(Key key) {
        var document = limited().find(byKey(key)).first();
        return document == null ? LessonDetails.NONE : details(document);
    }

    /// Adds a note, unless its request has added one before.
    ///
    /// @return what is kept of this request; empty when the lesson has as many notes as it may
    Optional<LessonNote> add(Key key, UUID userId, LessonNote note, UUID requestId) {
        insertMissing(key, userId);
        var room = Filters.and(
                byKey(key),
                Filters.ne("notes.requestId", requestId.toString()),
                Filters.exists(NOTES + "." + (MAX_NOTES - 1), false));
        if (limited()
                        .updateOne(room, Updates.push(NOTES, document(note, requestId)))
                        .getMatchedCount()
                == 1) {
            return Optional.of(note);
        }
        return Optional.ofNullable(limited().find(byKey(key)).first()).stream()
                .flatMap(document -> document.getList(NOTES, Document.class, List.of()).stream())
                .filter(kept -> requestId.toString().equals(kept.getString("requestId")))
                .map(LessonDetailStore::note)
                .findFirst();
    }

    /// Writes a note whose version was one less.
    ///
    /// @return false when it has another by now, or is gone; then nothing changed
    boolean update(Key key, LessonNote note) {
        var unchanged = Filters.and(
                byKey(key),
                // A document, since the local engine knows no $and in here.
                Filters.elemMatch(
                        NOTES, new Document("id", note.id().toString()).append("version", note.version() - 1)));
        var change = Updates.combine(
                Updates.set("notes.$[note].text", note.text()),
                Updates.set("notes.$[note].positionSeconds", note.position().toSeconds()),
                Updates.set("notes.$[note].updatedAt", Date.from(note.updatedAt())),
                Updates.set("notes.$[note].version", note.version()));
        var which = new UpdateOptions()
                .arrayFilters(List.of(Filters.eq("note.id", note.id().toString())));
        return limited().updateOne(unchanged, change, which).getMatchedCount() == 1;
    }

    void delete(Key key, UUID noteId) {
        limited().updateOne(byKey(key), Updates.pull(NOTES, new Document("id", noteId.toString())));
    }

    /// Adds a step unless it is there.
    ///
    /// @return false when it is not there and the lesson has as many steps as it may
    boolean add(Key key, UUID userId, LessonStep step) {
        insertMissing(key, userId);
        var room = Filters.and(
                byKey(key),
                Filters.ne("steps.name", step.name()),
                Filters.exists(STEPS + "." + (MAX_STEPS - 1), false));
        var document = new Document("name", step.name()).append("completedAt", Date.from(step.completedAt()));
        return limited().updateOne(room, Updates.push(STEPS, document)).getMatchedCount() == 1
                || find(key).steps().stream().anyMatch(done -> done.name().equals(step.name()));
    }

    private void insertMissing(Key key, UUID userId) {
        var insert = Updates.combine(
                Updates.setOnInsert("enrollmentId", key.enrollmentId().toString()),
                Updates.setOnInsert("lessonId", key.lessonId().toString()),
                Updates.setOnInsert("userId", userId.toString()));
        try {
            limited().updateOne(byKey(key), insert, new UpdateOptions().upsert(true));
        } catch (MongoWriteException refused) {
            // Of two who insert at once one is refused, and then it is there.
            if (refused.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw refused;
            }
        }
    }

    private MongoCollection<Document> limited() {
        var deadline = Context.current().getDeadline();
        var left = deadline == null ? MAX_MILLIS : deadline.timeRemaining(TimeUnit.MILLISECONDS);
        if (left <= 0) {
            throw ErrorMapping.deadlineExceeded();
        }
        return collection.withTimeout(Math.min(left, MAX_MILLIS), TimeUnit.MILLISECONDS);
    }

    private static Bson byKey(Key key) {
        return Filters.eq("_id", key.enrollmentId() + ":" + key.lessonId());
    }

    private static Document document(LessonNote note, UUID requestId) {
        return new Document("id", note.id().toString())
                .append("requestId", requestId.toString())
                .append("positionSeconds", note.position().toSeconds())
                .append("text", note.text())
                .append("version", note.version())
                .append("createdAt", Date.from(note.createdAt()))
                .append("updatedAt", Date.from(note.updatedAt()));
    }

    private static LessonDetails details(Document document) {
        return new LessonDetails(
                document.getList(NOTES, Document.class, List.of()).stream()
                        .map(LessonDetailStore::note)
                        .toList(),
                document.getList(STEPS, Document.class, List.of()).stream()
                        .map(step -> new LessonStep(
                                step.getString("name"),
                                step.getDate("completedAt").toInstant()))
                        .toList());
    }

    private static LessonNote note(Document document) {
        return new LessonNote(
                UUID.fromString(document.getString("id")),
                Duration.ofSeconds(document.get("positionSeconds", Number.class).longValue()),
                document.getString("text"),
                document.getDate("createdAt").toInstant(),
                document.getDate("updatedAt").toInstant(),
                document.get("version", Number.class).longValue());
    }
}
