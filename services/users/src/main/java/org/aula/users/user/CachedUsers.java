package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.redis.Cache;
import org.aula.kernel.redis.Caches;

/// Living users for those who only read: `cache:user:<id>` for half an hour, else from their rows. Who
/// changes a user tells so by an event and need not know of this, see [UserCacheConsumer].
@Singleton
final class CachedUsers {

    private static final Duration LIFE = Duration.ofMinutes(30);

    private final Cache cache;
    private final UserRepository users;
    private final Transactions transactions;

    CachedUsers(Caches caches, UserRepository users, Transactions transactions) {
        this.cache = caches.of("cache:user:", LIFE);
        this.users = users;
        this.transactions = transactions;
    }

    /// A living user.
    ///
    /// @throws ServiceException NOT_FOUND with USER_NOT_FOUND
    User require(UUID id) {
        var user = findAll(List.of(id)).get(id);
        if (user == null) {
            throw Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "no such user");
        }
        return user;
    }

    /// The living users of these ids, by id: one trip to Redis, and one statement for what it lacks.
    Map<UUID, User> findAll(Collection<UUID> ids) {
        var found = new HashMap<UUID, User>();
        cache.get(ids.stream().map(UUID::toString).toList(), this::load)
                .forEach((key, value) -> found.put(UUID.fromString(key), UserMapper.fromBytes(value)));
        return found;
    }

    /// To be told when a user has changed and the change is committed.
    void changed(UUID id) {
        cache.drop(id.toString());
    }

    /// As [#changed], for those who try again.
    ///
    /// @throws org.aula.kernel.error.StoreUnavailableException when Redis is away
    void changedSurely(UUID id) {
        cache.dropSurely(id.toString());
    }

    private Map<String, byte[]> load(Collection<String> keys) {
        var ids = keys.stream().map(UUID::fromString).toList();
        return transactions.read(handle -> users.findAll(handle, ids)).values().stream()
                .collect(Collectors.toMap(user -> user.id().toString(), UserMapper::toBytes));
    }
}
