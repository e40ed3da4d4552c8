package org.aula.migrate;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntBiFunction;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.bson.Document;

/// MongoDB: collections with their validators and indexes.
final class MongoMigration implements StoreMigration {

    private static final String CHANGELOG = "changelogs/mongodb/changelog.yaml";
    private static final String LOCKS = "DATABASECHANGELOGLOCK";
    private static final int AWAY_AFTER_SECONDS = 10;

    private final Settings settings;
    private final AccessMatrix matrix;

    MongoMigration(Settings settings, AccessMatrix matrix) {
        this.settings = settings;
        this.matrix = matrix;
    }

    @Override
    public String name() {
        return "mongo";
    }

    @Override
    public String migrate() {
        try (MongoClient client = client()) {
            MongoDatabase database = client.getDatabase(settings.mongoDatabase());
            List<String> advice = EngineRules.mongo(facts(database));
            // Whoever holds the job's lock knows that a lock left here is of a job that was killed.
            database.getCollection(LOCKS).updateMany(Filters.eq("locked", true), Updates.set("locked", false));
            int applied = run(Changelog::update);
            check(database);
            return applied + " change sets applied"
                    + (settings.demo() ? ", " + demo(database) + " demo documents written" : "")
                    + EngineRules.lines(advice);
        } catch (MongoException e) {
            throw new MigrationException(
                    "MongoDB at " + settings.mongoUrl() + " (MONGO_URL) does not answer: " + e.getMessage(), e);
        }
    }

    private Map<String, String> facts(MongoDatabase database) {
        Map<String, String> facts = new HashMap<>();
        facts.put("version", database.runCommand(new Document("buildInfo", 1)).getString("version"));
        Document hello = database.runCommand(new Document("hello", 1));
        if (hello.getString("setName") != null) {
            facts.put("setName", hello.getString("setName"));
        }
        var concern = new ConnectionString(settings.mongoUrl()).getWriteConcern();
        if (concern != null && !concern.isAcknowledged()) {
            facts.put("w", "0");
        }
        return facts;
    }

    /// Takes back every change set.
    int rollback() {
        return run(Changelog::rollback);
    }

    private int run(ToIntBiFunction<Changelog, Database> step) {
        try (Database database = DatabaseFactory.getInstance()
                .openDatabase(url(), null, null, null, new ClassLoaderResourceAccessor())) {
            return step.applyAsInt(new Changelog(CHANGELOG, Map.of(), settings.demo()), database);
        } catch (LiquibaseException e) {
            throw new MigrationException("MongoDB at " + settings.mongoUrl() + ": " + e.getMessage(), e);
        }
    }

    private MongoClient client() {
        String url = Settings.required(settings.mongoUrl(), "MONGO_URL");
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(url))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(AWAY_AFTER_SECONDS, TimeUnit.SECONDS))
                .build());
    }

    /// The connection string with the database, which stands between the hosts and the options.
    private String url() {
        String url = settings.mongoUrl();
        int options = url.indexOf('?');
        String hosts = options < 0 ? url : url.substring(0, options);
        String bare = hosts.endsWith("/") ? hosts.substring(0, hosts.length() - 1) : hosts;
        return bare + "/" + settings.mongoDatabase() + (options < 0 ? "" : url.substring(options));
    }

    private void check(MongoDatabase database) {
        Set<String> found = database.listCollectionNames().into(new HashSet<>());
        List<String> missing = matrix.services().stream()
                .flatMap(service -> service.collections().stream())
                .filter(collection -> !found.contains(collection))
                .toList();
        if (!missing.isEmpty()) {
            throw new MigrationException("MongoDB has no collection " + String.join(", ", missing) + ", which "
                    + AccessMatrix.RESOURCE + " names");
        }
    }

    private static long demo(MongoDatabase database) {
        Date now = Date.from(Instant.now());
        long written = 0;
        for (DemoAccount account : DemoAccount.ALL) {
            Document common = new Document("createdAt", now).append("updatedAt", now);
            Document profile = new Document(common)
                    .append("bio", "")
                    .append("location", "")
                    .append("company", "")
                    .append("jobTitle", "")
                    .append("links", new Document());
            written += insertIfAbsent(database, "user_profiles", account, profile);
            written += insertIfAbsent(
                    database, "user_settings", account, new Document(common).append("settings", new Document()));
        }
        return written;
    }

    private static int insertIfAbsent(
            MongoDatabase database, String collection, DemoAccount account, Document document) {
        var result = database.getCollection(collection)
                .updateOne(
                        Filters.eq("userId", account.id().toString()),
                        new Document("$setOnInsert", document),
                        new UpdateOptions().upsert(true));
        return result.getUpsertedId() == null ? 0 : 1;
    }
}
