package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// What the stores themselves hold to, whatever a service sends.
class StoreRulesTest {

    private static final Settings SETTINGS = TestEngines.settings(false);
    private static final Secrets SECRETS = new Secrets(SETTINGS.secrets());

    @Test
    void mongodbRefusesDocumentsThatTheValidatorForbidsAndASecondProfile() {
        new MongoMigration(SETTINGS, AccessMatrix.load()).migrate();
        try (MongoClient client = MongoClients.create(SETTINGS.mongoUrl())) {
            var database = client.getDatabase(SETTINGS.mongoDatabase());
            var profiles = database.getCollection("user_profiles");
            String user = UUID.randomUUID().toString();
            profiles.insertOne(new Document("userId", user).append("bio", "plays chess"));

            assertThatThrownBy(() -> profiles.insertOne(new Document("userId", user)))
                    .isInstanceOf(MongoWriteException.class)
                    .hasMessageContaining("E11000");
            assertThatThrownBy(() -> profiles.insertOne(new Document("bio", "nobody's")))
                    .isInstanceOf(MongoWriteException.class)
                    .hasMessageContaining("validation");
            assertThatThrownBy(() -> database.getCollection("content_assets")
                            .insertOne(new Document("_id", UUID.randomUUID().toString())
                                    .append("ownerId", user)
                                    .append("state", "LOST")))
                    .isInstanceOf(MongoWriteException.class)
                    .hasMessageContaining("validation");
            database.drop();
        }
    }

    @Test
    void clickhouseCountsABatchOnceWhenItIsSentTwiceAndNoTimeToLiveIsCast() throws SQLException {
        new ClickHouseMigration(SETTINGS, SECRETS, AccessMatrix.load()).migrate();
        String address = "jdbc:clickhouse:" + SETTINGS.clickhouseUrl() + "/" + SETTINGS.clickhouseDatabase();
        String password = SECRETS.password("clickhouse", SETTINGS.clickhouseUser());
        try (Connection connection = DriverManager.getConnection(address, SETTINGS.clickhouseUser(), password);
                Statement statement = connection.createStatement()) {
            String batch = """
                    INSERT INTO learning_events SETTINGS insert_deduplication_token = '%s',
                        deduplicate_blocks_in_dependent_materialized_views = 1
                    SELECT generateUUIDv4(), 'LESSON_COMPLETED', '%2$s', '%2$s', '%2$s', NULL, 30, now64(3)
                    FROM numbers(3)
                    """.formatted(UUID.randomUUID(), UUID.randomUUID());
            statement.execute(batch);
            statement.execute(batch);

            assertThat(row(statement, "SELECT count(), sum(time_spent_seconds), 1 FROM learning_events"))
                    .isEqualTo("3 90 1");
            assertThat(row(statement, """
                            SELECT sum(events), sum(time_spent_seconds), uniqMerge(learners) FROM events_summary
                            """)).isEqualTo("3 90 1");
            // A cast to DateTime wraps after 2106.
            assertThat(row(statement, """
                            SELECT count(), countIf(engine_full LIKE '%TTL toDate%'), 1
                            FROM system.tables WHERE database = currentDatabase() AND engine_full LIKE '%TTL%'
                            """)).isEqualTo("1 0 1");
            statement.execute("DROP DATABASE " + SETTINGS.clickhouseDatabase());
        }
    }

    private static String row(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1) + " " + rows.getLong(2) + " " + rows.getLong(3);
        }
    }
}
