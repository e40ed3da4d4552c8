package org.aula.courses.cache;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aula.kernel.redis.Cache;
import org.aula.kernel.redis.Caches;

/// `cache:course:<id>` for an hour and `cache:catalog:page:<hash of the question>` for ten minutes: what
/// everyone may see of what is published, as bytes of messages.
///
/// A change of a course drops its own value and every page at once, by the pages' generation: which lists
/// it is in, or would be in now, nobody knows. Who changes something tells so by an event of the contract
/// and need not know of this, see [CatalogCacheInvalidation]. Counts of enrollments are the exception: a
/// course shows a new one at once, pages only when their time is up.
@Singleton
public final class CatalogCache {

    private static final Duration COURSE_LIFE = Duration.ofHours(1);
    private static final Duration PAGE_LIFE = Duration.ofMinutes(10);
    private static final String SLUG = "slug:";

    private final Cache courses;
    private final Cache pages;

    CatalogCache(Caches caches) {
        this.courses = caches.of("cache:course:", COURSE_LIFE);
        this.pages = caches.of("cache:catalog:page:", PAGE_LIFE);
    }

    /// Published courses.
    ///
    /// @param loader gives those of the ids that are published, as everyone may see them
    public Map<UUID, byte[]> courses(Collection<UUID> ids, Function<Collection<UUID>, Map<UUID, byte[]>> loader) {
        var keys = ids.stream().map(UUID::toString).toList();
        var found = courses.get(keys, missing -> {
            var loaded = loader.apply(missing.stream().map(UUID::fromString).toList());
            return loaded.entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
        });
        var courses = new HashMap<UUID, byte[]>();
        found.forEach((key, value) -> courses.put(UUID.fromString(key), value));
        return courses;
    }

    /// The published course of a slug. A slug stays a course's own as long as it exists; whoever reads the
    /// course sees whether it still does.
    public Optional<UUID> courseOfSlug(String slug, Supplier<Optional<UUID>> loader) {
        return courses.get(
                        SLUG + hash(slug.getBytes(StandardCharsets.UTF_8)),
                        () -> loader.get().map(id -> id.toString().getBytes(StandardCharsets.US_ASCII)))
                .map(id -> UUID.fromString(new String(id, StandardCharsets.US_ASCII)));
    }

    /// The answer to a question about the catalog that many ask.
    ///
    /// @param question the same bytes for all who ask the same
    public byte[] page(byte[] question, Supplier<byte[]> loader) {
        return pages.get(hash(question), () -> Optional.of(loader.get())).orElseThrow();
    }

    /// To be told when the counts of a course have changed and the change is committed.
    public void countsChanged(UUID courseId) {
        courses.drop(courseId.toString());
    }

    /// To be told when courses have changed and the change is committed.
    void coursesChanged(Collection<String> courseIds) {
        courseIds.forEach(courses::drop);
        pages.dropAll();
    }

    /// As [#coursesChanged], for those who try again.
    ///
    /// @throws org.aula.kernel.error.StoreUnavailableException when Redis is unavailable
    void coursesChangedOrThrow(Collection<String> courseIds) {
        courseIds.forEach(courses::dropOrThrow);
        pages.dropAllOrThrow();
    }

    /// To be told when something that many courses show has changed, such as a tag's word or the tree of
    /// categories, and the change is committed.
    public void everythingChanged() {
        courses.dropAll();
        pages.dropAll();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
