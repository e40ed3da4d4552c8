package org.aula.kernel.redis;

import io.grpc.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/// Values that are kept in Redis for a while, and loaded once however many miss them: in this process by
/// one of the callers while the others wait, and among processes by whoever holds the lease of the key.
///
/// What was loaded before a change never outlives it. Whoever loads takes a lease first, and its value goes
/// in only where that lease still stands; a drop takes the lease away too. So of a change and a load either
/// the lease was taken after the drop, and then the load has read what was committed before it, or it is
/// gone, and then the value is turned away and those who waited for it load anew. For [#dropAll] the
/// generation does the same: a value carries the one that counted before its load began.
///
/// Redis is an aid: what it does not answer soon counts as not there, and then it is left alone until it
/// answers again, which no caller waits for. A drop that Redis did not hear makes this process drop
/// everything before it trusts Redis again; for other processes an event consumer should drop once more,
/// by [#dropOrThrow].
public final class Cache {

    private static final long MAX_WAIT_MILLIS = 10_000;
    private static final long WAIT_FOR_OTHERS_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
    private static final long LOOK_MILLIS = 20;
    private static final int TRIES = 2;

    /// Reads what is not kept.
    @FunctionalInterface
    public interface Loader {
        /// @return the values that exist, by key
        Map<String, byte[]> load(Collection<String> keys);
    }

    /// A key as long as one generation counts; what is read without Redis has none.
    private record Slot(String generation, String key) {}

    /// What was loaded.
    ///
    /// @param outdated keys that were dropped meanwhile
    private record Loaded(Map<String, byte[]> values, Set<String> outdated) {}

    private final CacheEntries entries;
    private final RedisBreaker breaker;
    private final AtomicBoolean missedDrop = new AtomicBoolean();
    private final Map<Slot, CompletableFuture<Optional<byte[]>>> loads = new ConcurrentHashMap<>();

    Cache(CacheEntries entries, RedisBreaker breaker) {
        this.entries = entries;
        this.breaker = breaker;
    }

    /// The values of these keys that exist: one round trip to Redis, and one load for what it lacks.
    ///
    /// @param loader runs in the caller's thread and scope, and must not give what only this caller may see
    public Map<String, byte[]> get(Collection<String> keys, Loader loader) {
        return get(keys, loader, 1);
    }

    /// The value of one key, if it exists.
    public Optional<byte[]> get(String key, Supplier<Optional<byte[]>> loader) {
        var values = get(
                List.of(key),
                keys -> loader.get().map(value -> Map.of(key, value)).orElse(Map.of()));
        return Optional.ofNullable(values.get(key));
    }

    /// To be told when a value has changed and the change is committed.
    public void drop(String key) {
        loads.keySet().removeIf(slot -> slot.key().equals(key));
        ifRedisAnswers(() -> entries.drop(key));
    }

    /// As [#drop], for those who try again.
    ///
    /// @throws StoreUnavailableException when Redis is unavailable
    public void dropOrThrow(String key) {
        loads.keySet().removeIf(slot -> slot.key().equals(key));
        entries.drop(key);
    }

    /// To be told when any value may have changed and the change is committed.
    public void dropAll() {
        loads.clear();
        ifRedisAnswers(entries::dropAll);
    }

    /// As [#dropAll], for those who try again.
    ///
    /// @throws StoreUnavailableException when Redis is unavailable
    public void dropAllOrThrow() {
        loads.clear();
        entries.dropAll();
    }

    private void ifRedisAnswers(Runnable drop) {
        if (!breaker.letsPass()) {
            missedDrop.set(true);
            return;
        }
        try {
            drop.run();
        } catch (StoreUnavailableException unavailable) {
            missedDrop.set(true);
            breaker.open();
        }
    }

    private Map<String, byte[]> get(Collection<String> keys, Loader loader, int attempt) {
        var found = find(keys);
        if (found == null) {
            return share(keys, null, loader, attempt);
        }
        var values = found.values();
        var missing = keys.stream().filter(key -> !values.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            values.putAll(share(missing, found.generation(), loader, attempt));
        }
        return values;
    }

    private CacheEntries.@Nullable Found find(Collection<String> keys) {
        if (!breaker.letsPass()) {
            return null;
        }
        try {
            makeUpForMissedDrop();
            return entries.find(keys);
        } catch (StoreUnavailableException unavailable) {
            breaker.open();
            return null;
        }
    }

    private void makeUpForMissedDrop() {
        if (missedDrop.compareAndSet(true, false)) {
            try {
                dropAllOrThrow();
            } catch (StoreUnavailableException unavailable) {
                missedDrop.set(true);
                throw unavailable;
            }
        }
    }

    /// Loads, or waits for those in this process who do.
    ///
    /// @param generation null when Redis is unavailable
    private Map<String, byte[]> share(
            Collection<String> keys, byte @Nullable [] generation, Loader loader, int attempt) {
        var era = generation == null ? "" : HexFormat.of().formatHex(generation);
        var own = new LinkedHashMap<Slot, CompletableFuture<Optional<byte[]>>>();
        var others = new LinkedHashMap<String, CompletableFuture<Optional<byte[]>>>();
        for (var key : keys) {
            var slot = new Slot(era, key);
            var load = new CompletableFuture<Optional<byte[]>>();
            var underWay = loads.putIfAbsent(slot, load);
            if (underWay == null) {
                own.put(slot, load);
            } else {
                others.put(key, underWay);
            }
        }
        var values = own.isEmpty() ? new HashMap<String, byte[]>() : loadOwn(own, generation, loader);
        if (!others.isEmpty()) {
            values.putAll(await(others, loader, attempt));
        }
        return values;
    }

    private Map<String, byte[]> loadOwn(
            Map<Slot, CompletableFuture<Optional<byte[]>>> own, byte @Nullable [] generation, Loader loader) {
        var keys = own.keySet().stream().map(Slot::key).toList();
        try {
            var loaded = generation == null
                    ? new Loaded(new HashMap<>(loader.load(keys)), Set.of())
                    : loadLeased(keys, generation, loader);
            own.forEach((slot, load) -> {
                if (!loaded.outdated().contains(slot.key())) {
                    load.complete(Optional.ofNullable(loaded.values().get(slot.key())));
                }
            });
            return loaded.values();
        } finally {
            own.forEach((slot, load) -> {
                loads.remove(slot, load);
                // Does nothing to loads that succeeded.
                load.cancel(false);
            });
        }
    }

    /// Loads what no other process is loading, and looks for a second whether the others have loaded the
    /// rest.
    private Loaded loadLeased(List<String> keys, byte[] generation, Loader loader) {
        var values = new HashMap<String, byte[]>();
        var outdated = new HashSet<String>();
        var end = System.nanoTime() + WAIT_FOR_OTHERS_NANOS;
        var pending = keys;
        while (true) {
            var leases = new LinkedHashMap<String, byte[]>();
            var theirs = new ArrayList<String>();
            enter(generation, pending).forEach((key, entry) -> {
                switch (entry) {
                    case CacheEntries.Entry.Kept kept -> values.put(key, kept.value());
                    case CacheEntries.Entry.Mine mine -> leases.put(key, mine.lease());
                    case CacheEntries.Entry.Theirs ignored -> theirs.add(key);
                }
            });
            if (!leases.isEmpty()) {
                outdated.addAll(loadAndKeep(leases, generation, values, loader));
            }
            if (theirs.isEmpty()) {
                return new Loaded(values, outdated);
            }
            if (System.nanoTime() > end || !breaker.letsPass()) {
                values.putAll(loader.load(theirs));
                return new Loaded(values, outdated);
            }
            pause();
            pending = theirs;
        }
    }

    private Map<String, CacheEntries.Entry> enter(byte[] generation, List<String> keys) {
        try {
            return entries.enter(generation, keys);
        } catch (StoreUnavailableException unavailable) {
            breaker.open();
            return keys.stream().collect(Collectors.toMap(key -> key, key -> new CacheEntries.Entry.Theirs()));
        }
    }

    /// @return keys that were dropped meanwhile
    private List<String> loadAndKeep(
            Map<String, byte[]> leases, byte[] generation, Map<String, byte[]> values, Loader loader) {
        Map<String, byte[]> loaded;
        try {
            loaded = loader.load(leases.keySet());
        } catch (RuntimeException failure) {
            leave(generation, leases, Map.of());
            throw failure;
        }
        values.putAll(loaded);
        return leave(generation, leases, loaded);
    }

    private List<String> leave(byte[] generation, Map<String, byte[]> leases, Map<String, byte[]> loaded) {
        try {
            return entries.leave(generation, leases, loaded);
        } catch (StoreUnavailableException unavailable) {
            breaker.open();
            return List.of();
        }
    }

    /// What others load. Where they fail, for whatever is theirs alone such as their deadline, or come back
    /// with what is out of date, everything begins anew, once.
    private Map<String, byte[]> await(
            Map<String, CompletableFuture<Optional<byte[]>>> others, Loader loader, int attempt) {
        var values = new HashMap<String, byte[]>();
        var failed = new ArrayList<String>();
        others.forEach((key, load) -> {
            try {
                load.get(remainingMillis(), TimeUnit.MILLISECONDS).ifPresent(value -> values.put(key, value));
            } catch (ExecutionException | CancellationException theirs) {
                failed.add(key);
            } catch (TimeoutException late) {
                throw ErrorMapping.deadlineExceeded();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw ErrorMapping.deadlineExceeded();
            }
        });
        if (!failed.isEmpty()) {
            values.putAll(attempt < TRIES ? get(failed, loader, attempt + 1) : loader.load(failed));
        }
        return values;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ErrorMapping.deadlineExceeded();
        }
    }

    private static long remainingMillis() {
        var deadline = Context.current().getDeadline();
        return deadline == null
                ? MAX_WAIT_MILLIS
                : Math.min(Math.max(deadline.timeRemaining(TimeUnit.MILLISECONDS), 0), MAX_WAIT_MILLIS);
    }
}
