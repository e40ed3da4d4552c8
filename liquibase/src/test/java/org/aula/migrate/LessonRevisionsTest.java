package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// Contents that were written before there were revisions, and back again.
class LessonRevisionsTest {

    private static final String LESSON = "018f2f6e-7c1d-7000-8000-000000000001";
    private static final String OTHER = "018f2f6e-7c1d-7000-8000-000000000002";
    private static final Date THEN = new Date(1_700_000_000_000L);

    @Test
    void whatWasThereIsTheFirstRevisionAndTheNewestIsWhatStays() throws LiquibaseException {
        Settings settings = TestEngines.settings(false);
        MongoMigration migration = new MongoMigration(settings, AccessMatrix.load());
        try (MongoClient client = MongoClients.create(settings.mongoUrl())) {
            var database = client.getDatabase(settings.mongoDatabase());
            migration.migrate();
            rollBackToBefore(settings, "courses-002-lesson-revisions-form");
            var contents = database.getCollection("lesson_contents");
            contents.insertMany(List.of(before(LESSON, "One"), before(OTHER, "Two")));

            migration.migrate();
            assertThat(all(contents))
                    .extracting(document -> document.getString("_id"))
                    .containsExactlyInAnyOrder(LESSON + "/1", OTHER + "/1");
            Document first = contents.find(new Document("lessonId", LESSON)).first();
            assertThat(first)
                    .containsEntry("revision", 1)
                    .containsEntry("pageCount", 1)
                    .containsEntry("authorId", "")
                    .containsEntry("createdAt", THEN)
                    .containsEntry("pages", pages("One"));

            contents.insertOne(new Document(first)
                    .append("_id", LESSON + "/2")
                    .append("revision", 2)
                    .append("pages", pages("Newer")));
            rollBackToBefore(settings, "courses-002-lesson-revisions-form");
            assertThat(all(contents)).hasSize(2);
            assertThat(contents.find(new Document("_id", LESSON)).first())
                    .containsEntry("version", 2)
                    .containsEntry("pages", pages("Newer"));
            database.drop();
        }
    }

    private static void rollBackToBefore(Settings settings, String id) throws LiquibaseException {
        var url = settings.mongoUrl().replaceAll("/?(\\?|$)", "/" + settings.mongoDatabase() + "$1");
        try (var database =
                DatabaseFactory.getInstance().openDatabase(url, null, null, null, new ClassLoaderResourceAccessor())) {
            var liquibase =
                    new Liquibase("changelogs/mongodb/changelog.yaml", new ClassLoaderResourceAccessor(), database);
            var ids = liquibase.getChangeSetStatuses(new Contexts("everywhere"), new LabelExpression()).stream()
                    .filter(status -> status.getPreviouslyRan())
                    .map(status -> status.getChangeSet().getId())
                    .toList();
            liquibase.rollback(ids.size() - ids.indexOf(id), new Contexts("everywhere"), new LabelExpression());
        }
    }

    private static List<Document> all(MongoCollection<Document> contents) {
        return contents.find().into(new ArrayList<>());
    }

    private static Document before(String lessonId, String title) {
        return new Document("_id", lessonId)
                .append("pages", pages(title))
                .append("version", 3L)
                .append("updatedAt", THEN);
    }

    private static List<Document> pages(String title) {
        return List.of(new Document("id", "p").append("title", title).append("blocks", List.of()));
    }
}
