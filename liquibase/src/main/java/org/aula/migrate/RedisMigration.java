package org.aula.migrate;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aula.migrate.AccessMatrix.Service;

/// Redis: a user for each service, whose rules are its row of the matrix.
final class RedisMigration implements StoreMigration {

    private static final String ADMINISTRATOR = "default";
    private static final Duration AWAY_AFTER = Duration.ofSeconds(10);
    /// What a listener does with a stream of another domain: read it and keep its place, but never append
    /// or trim. Beside each stream stands the life of the outbox that it was filled from.
    private static final String LISTEN = "+xread +xreadgroup +xgroup|create +xgroup|createconsumer +xack +xclaim "
            + "+xautoclaim +xpending +xinfo +xlen +xrange +xrevrange +get";

    private final Settings settings;
    private final Secrets secrets;
    private final AccessMatrix matrix;

    RedisMigration(Settings settings, Secrets secrets, AccessMatrix matrix) {
        this.settings = settings;
        this.secrets = secrets;
        this.matrix = matrix;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String migrate() {
        RedisURI address = address();
        try (RedisClient client = RedisClient.create(address)) {
            client.setOptions(ClientOptions.builder()
                    .socketOptions(
                            SocketOptions.builder().connectTimeout(AWAY_AFTER).build())
                    .build());
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                RedisCommands<String, String> commands = connection.sync();
                List<String> advice = EngineRules.redis(facts(commands));
                for (Service service : matrix.services()) {
                    commands.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), setUser(service));
                }
                check(commands);
                return matrix.services().size() + " users written" + save(commands) + EngineRules.lines(advice);
            }
        } catch (RedisException e) {
            throw new MigrationException(
                    "Redis at %s:%d (REDIS_URL) refused: %s".formatted(address.getHost(), address.getPort(), cause(e)),
                    e);
        }
    }

    /// Servers that others run often keep CONFIG to themselves.
    private static Map<String, String> facts(RedisCommands<String, String> commands) {
        Map<String, String> facts = new HashMap<>();
        commands.info().lines().filter(line -> line.contains(":")).forEach(line -> {
            String[] pair = line.split(":", 2);
            facts.put(pair[0], pair[1]);
        });
        try {
            for (String name : List.of("appendonly", "save", "maxmemory", "maxmemory-policy")) {
                facts.putAll(commands.configGet(name));
            }
        } catch (RedisCommandExecutionException refused) {
            // Then nothing is said about them.
        }
        return facts;
    }

    private RedisURI address() {
        RedisURI address = RedisURI.create(Settings.required(settings.redisUrl(), "REDIS_URL"));
        secrets.read("redis/" + ADMINISTRATOR + ".password").ifPresent(password -> {
            address.setUsername(ADMINISTRATOR);
            address.setPassword(password.toCharArray());
        });
        address.setTimeout(AWAY_AFTER);
        return address;
    }

    private CommandArgs<String, String> setUser(Service service) {
        CommandArgs<String, String> arguments =
                new CommandArgs<>(StringCodec.UTF8).add("SETUSER").add(service.name());
        rules(service).forEach(arguments::add);
        return arguments;
    }

    /// The rules of one user, from nothing, so that what was taken out of the matrix is gone.
    List<String> rules(Service service) {
        List<String> rules = new ArrayList<>(List.of("reset", "on", ">" + secrets.password("redis", service.name())));
        service.redisKeys().forEach(pattern -> rules.add("~" + pattern));
        rules.add("~" + stream(service.name()));
        rules.add("~" + epoch(service.name()));
        rules.addAll(List.of("+@all", "-@admin", "-@dangerous", "+info"));
        if (!service.listens().isEmpty()) {
            String streams = service.listens().stream()
                    .map(domain -> "~" + stream(domain) + " %R~" + epoch(domain))
                    .collect(Collectors.joining(" "));
            rules.add("(" + LISTEN + " " + streams + ")");
        }
        return rules;
    }

    private static String stream(String domain) {
        return "events:{" + domain + "}";
    }

    private static String epoch(String domain) {
        return stream(domain) + ":epoch";
    }

    private void check(RedisCommands<String, String> commands) {
        List<String> found = commands.aclUsers();
        for (Service service : matrix.services()) {
            if (!found.contains(service.name())) {
                throw new MigrationException("Redis has no user " + service.name() + " after it was made");
            }
        }
    }

    /// A server that was started without a file of users forgets them when it ends; the job then has to run
    /// again.
    private static String save(RedisCommands<String, String> commands) {
        try {
            commands.aclSave();
            return "";
        } catch (RedisCommandExecutionException e) {
            return ", not saved: " + e.getMessage();
        }
    }

    private static String cause(RedisException failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    }
}
