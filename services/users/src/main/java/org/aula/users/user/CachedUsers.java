package org.aula.users.user;

import io.grpc.Context;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aula.api.users.v1.ErrorReason;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Transactions;

/// Living users for those who only read: from Redis, else from their rows. Of many who miss the same user
/// at once, one in this process reads the row and the others wait for it.
///
/// A change ends the loads that are under way for its user, so that nobody who comes after it joins one
/// that began before; what such a load would keep in Redis is turned away there, see [UserCacheStore].
@Singleton
public final class CachedUsers {

    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final UserCacheStore cache;
    private final UserRepository users;
    private final Transactions transactions;
    private final Map<UUID, CompletableFuture<Optional<User>>> loads = new ConcurrentHashMap<>();

    CachedUsers(UserCacheStore cache, UserRepository users, Transactions transactions) {
        this.cache = cache;
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
        var found = cache.find(ids);
        var missing = ids.stream().filter(id -> !found.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            found.putAll(load(missing));
        }
        return found;
    }

    /// To be told when a user has changed and the change is committed.
    ///
    /// @param version the newest of its row, see [User#version]
    void changed(UUID id, long version) {
        cache.mark(id, version);
        loads.remove(id);
    }

    /// To be told when a user is gone as if it had never been, once that is committed.
    public void gone(UUID id) {
        changed(id, UserCacheStore.GONE);
    }

    private Map<UUID, User> load(List<UUID> ids) {
        var own = new LinkedHashMap<UUID, CompletableFuture<Optional<User>>>();
        var others = new LinkedHashMap<UUID, CompletableFuture<Optional<User>>>();
        for (var id : ids) {
            var load = new CompletableFuture<Optional<User>>();
            var underWay = loads.putIfAbsent(id, load);
            if (underWay == null) {
                own.put(id, load);
            } else {
                others.put(id, underWay);
            }
        }
        var found = own.isEmpty() ? new HashMap<UUID, User>() : loadOwn(own);
        if (!others.isEmpty()) {
            found.putAll(await(others));
        }
        return found;
    }

    private Map<UUID, User> loadOwn(Map<UUID, CompletableFuture<Optional<User>>> own) {
        try {
            var rows = read(own.keySet());
            own.forEach((id, load) -> load.complete(Optional.ofNullable(rows.get(id))));
            return rows;
        } finally {
            own.forEach((id, load) -> {
                loads.remove(id, load);
                // Does nothing to loads that succeeded.
                load.cancel(false);
            });
        }
    }

    /// What others load. Should they fail, for whatever is theirs alone such as their deadline, the rows
    /// are read here.
    private Map<UUID, User> await(Map<UUID, CompletableFuture<Optional<User>>> others) {
        var found = new HashMap<UUID, User>();
        var failed = new ArrayList<UUID>();
        others.forEach((id, load) -> {
            try {
                load.get(remainingMillis(), TimeUnit.MILLISECONDS).ifPresent(user -> found.put(id, user));
            } catch (ExecutionException | CancellationException theirs) {
                failed.add(id);
            } catch (TimeoutException late) {
                throw ErrorMapping.deadlineExceeded();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw ErrorMapping.deadlineExceeded();
            }
        });
        if (!failed.isEmpty()) {
            found.putAll(read(failed));
        }
        return found;
    }

    private Map<UUID, User> read(Collection<UUID> ids) {
        var rows = transactions.read(handle -> users.findAll(handle, ids));
        cache.put(rows.values());
        return rows;
    }

    private static long remainingMillis() {
        var deadline = Context.current().getDeadline();
        return deadline == null
                ? LONGEST_WAIT_MILLIS
                : Math.min(Math.max(deadline.timeRemaining(TimeUnit.MILLISECONDS), 0), LONGEST_WAIT_MILLIS);
    }
}
