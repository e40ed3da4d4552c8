package org.aula.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the platform needs of an engine that somebody else set up. What cannot work ends the job with what
/// to do about it; what will hurt one day is said after the job's line.
///
/// Facts are the engine's own answers by the engine's own names. One that is missing, because the engine
/// does not tell it, is passed over.
final class EngineRules {

    private static final int POSTGRES = 180_000;
    private static final int REDIS = 7;
    private static final int MONGO = 7;
    /// A pool of four, and the one that holds locks.
    private static final int CONNECTIONS_OF_A_SERVICE = 5;

    private static final int PARTITIONS_OF_AN_INSERT = 100;

    private final String engine;
    private final Map<String, String> facts;
    private final List<String> advice = new ArrayList<>();

    private EngineRules(String engine, Map<String, String> facts) {
        this.engine = engine;
        this.facts = facts;
    }

    /// @param facts settings; `é`, whether it is a letter, `t` or `f`; of each extension that can be had its
    ///     version
    /// @param services how many connect
    static List<String> postgres(Map<String, String> facts, int services) {
        var rules = new EngineRules("PostgreSQL (POSTGRES_URL)", facts);
        rules.refuse(rules.number("server_version_num", POSTGRES) < POSTGRES, "is older than 18: upgrade it");
        rules.refuse(
                facts.containsKey("server_encoding") && !rules.says("server_encoding", "UTF8"),
                "has a database that is not in UTF8: create it with ENCODING 'UTF8' TEMPLATE template0");
        rules.refuse(
                rules.says("é", "f"),
                "does not know letters with accents, so that nothing is found by them: drop the database and create it with"
                        + " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0, or another UTF-8 locale");
        for (var extension : List.of("citext", "pg_trgm", "vector")) {
            rules.refuse(!facts.containsKey(extension), "has no extension " + extension + ": install it on the server");
        }
        rules.refuse(
                rules.isBefore("vector", 0, 8),
                "has a pgvector before 0.8, which cannot search on under a filter: install a newer one");
        int needed = services * CONNECTIONS_OF_A_SERVICE;
        rules.advise(
                rules.number("max_connections", needed) < needed,
                "lets " + facts.get("max_connections") + " connections in: " + services + " services need some "
                        + needed + ", and as many again with a second replica; raise max_connections");
        rules.advise(
                rules.says("wal_level", "minimal"),
                "has wal_level = minimal: it cannot be restored to a point in time; set it to replica");
        rules.advise(rules.says("fsync", "off"), "has fsync = off: a crash may destroy it");
        var logsDetails = facts.containsKey("log_error_verbosity") && !rules.says("log_error_verbosity", "terse");
        var logsStatements =
                rules.number("log_min_duration_statement", -1) >= 0 && !rules.says("log_parameter_max_length", "0");
        rules.advise(
                logsDetails || logsStatements,
                "writes what people typed into its log, of rows that it refuses and of slow statements: set"
                        + " log_error_verbosity = terse and log_parameter_max_length = 0");
        return rules.advice;
    }

    /// @param facts `version`; `setName` of the replica set, absent without one; `w` of the address
    static List<String> mongo(Map<String, String> facts) {
        var rules = new EngineRules("MongoDB (MONGO_URL)", facts);
        rules.refuse(rules.isBefore("version", MONGO, 0), "is older than 7: upgrade it");
        rules.refuse(rules.says("w", "0"), "is asked by its address not to acknowledge writes: take w=0 out");
        rules.advise(
                !facts.containsKey("setName"),
                "is one server alone: what it acknowledged is gone with its disk; run it as a replica set");
        return rules.advice;
    }

    /// @param facts `redis_version`, `role`, `cluster_enabled` of INFO; `appendonly`, `save`,
    ///     `maxmemory`, `maxmemory-policy` of CONFIG
    static List<String> redis(Map<String, String> facts) {
        var rules = new EngineRules("Redis (REDIS_URL)", facts);
        rules.refuse(
                rules.isBefore("redis_version", REDIS, 0),
                "is older than 7, whose users cannot have a right for some keys only: upgrade it");
        rules.refuse(
                rules.says("cluster_enabled", "1"),
                "is a cluster: the services speak to one server; give them one, or a proxy that speaks for all");
        rules.refuse(rules.says("role", "slave"), "is a replica, which takes no writes: name its primary");
        rules.advise(
                rules.says("appendonly", "no") && rules.says("save", ""),
                "keeps nothing over a restart: events come again out of the outbox, limits of logins begin anew; set"
                        + " appendonly yes");
        rules.advise(
                facts.getOrDefault("maxmemory-policy", "").startsWith("allkeys"),
                "may evict event streams when memory is short (" + facts.get("maxmemory-policy")
                        + "): set maxmemory-policy to volatile-lru, which takes what expires anyway");
        rules.advise(
                !facts.getOrDefault("maxmemory", "0").equals("0") && rules.says("maxmemory-policy", "noeviction"),
                "refuses events and sessions too when its caches have filled its memory: set maxmemory-policy to"
                        + " volatile-lru, which takes what expires anyway");
        return rules.advice;
    }

    /// @param facts settings of the job's user
    static List<String> clickHouse(Map<String, String> facts) {
        var rules = new EngineRules("ClickHouse (CLICKHOUSE_URL)", facts);
        rules.refuse(
                rules.number("readonly", 0) == 1,
                "lets its user change no setting: inserts name the token by which a batch is counted once");
        int partitions = rules.number("max_partitions_per_insert_block", 0);
        rules.refuse(
                partitions > 0 && partitions < PARTITIONS_OF_AN_INSERT,
                "takes inserts over " + partitions + " partitions only: set max_partitions_per_insert_block to "
                        + PARTITIONS_OF_AN_INSERT);
        return rules.advice;
    }

    /// @param facts statuses of HTTP: `upload` of a signed one, `wrong` of one with another checksum, `unsigned`
    ///     of reading it without a signature; `allow-origin`, `allow-methods`, `allow-headers` of the answer to a
    ///     browser's question; `unreachable`, the public address, when it is not reached from here
    /// @param origin where browsers come from
    static List<String> objectStore(Map<String, String> facts, String origin) {
        var rules = new EngineRules("The object store (S3_ENDPOINT)", facts);
        rules.advise(
                facts.containsKey("unreachable"),
                "is not reached from here by " + facts.get("unreachable")
                        + " (S3_PUBLIC_ENDPOINT): what browsers do with it was not tried");
        rules.refuse(
                facts.containsKey("upload") && !rules.isOk("upload"),
                "answers an upload by a signed address with " + facts.get("upload")
                        + ": S3_PUBLIC_ENDPOINT must name it as browsers do, S3_REGION be its own, and it must take"
                        + " signatures of version 4 with x-amz-checksum-sha256");
        rules.refuse(
                rules.isOk("unsigned"),
                "lets everybody read the bucket: take its public access away, files are read by signed addresses");
        rules.refuse(
                rules.isOk("wrong"),
                "does not compare an upload with its checksum (x-amz-checksum-sha256), so that a file that was checked"
                        + " can be replaced as long as its address holds: take a store that does, or a newer version");
        rules.advise(
                facts.containsKey("upload") && !rules.lets(origin),
                "refuses browsers of " + origin + ": give the bucket a CORS rule with your frontends as AllowedOrigins,"
                        + " PUT and GET as AllowedMethods, Content-Type and x-amz-checksum-sha256 as AllowedHeaders");
        return rules.advice;
    }

    private boolean isOk(String fact) {
        return facts.getOrDefault(fact, "").startsWith("2");
    }

    private boolean lets(String origin) {
        return names("allow-origin", origin)
                && names("allow-methods", "PUT")
                && names("allow-headers", "content-type")
                && names("allow-headers", "x-amz-checksum-sha256");
    }

    /// Whether a list of the answer, such as `GET, PUT`, has this or everything.
    private boolean names(String fact, String wanted) {
        return Stream.of(facts.getOrDefault(fact, "").split(","))
                .map(String::strip)
                .anyMatch(found -> found.equals("*") || found.equalsIgnoreCase(wanted));
    }

    /// What the job says after its own line; empty without advice.
    static String lines(List<String> advice) {
        return advice.stream().map(line -> "\n               Note: " + line).collect(Collectors.joining());
    }

    private void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new MigrationException(engine + " " + why + ".");
        }
    }

    private void advise(boolean wrong, String why) {
        if (wrong) {
            advice.add(engine + " " + why + ".");
        }
    }

    private boolean says(String fact, String value) {
        return value.equals(facts.get(fact));
    }

    private int number(String fact, int otherwise) {
        return facts.containsKey(fact) ? Integer.parseInt(facts.get(fact)) : otherwise;
    }

    /// Whether a version, such as `0.8.6`, is before another one.
    private boolean isBefore(String fact, int major, int minor) {
        if (!facts.containsKey(fact)) {
            return false;
        }
        String[] parts = facts.get(fact).split("\\.");
        int first = Integer.parseInt(parts[0]);
        int second = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        return first < major || first == major && second < minor;
    }
}
