package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.cache.CatalogCache;
import org.aula.kernel.postgres.Transactions;

/// Reads courses for those who only look. Visitors get what is kept, as bytes of the messages that they
/// are sent; everyone else, to whom more may be shown and who may just have changed it, gets the rows.
@Singleton
final class CatalogReader {

    private final CourseRepository courses;
    private final CourseListingRepository listing;
    private final CatalogCache cache;
    private final Transactions transactions;

    CatalogReader(
            CourseRepository courses, CourseListingRepository listing, CatalogCache cache, Transactions transactions) {
        this.courses = courses;
        this.listing = listing;
        this.cache = cache;
        this.transactions = transactions;
    }

    List<Course> list(CourseQuery query) {
        return transactions.read(handle -> listing.list(handle, query));
    }

    CourseCounts count(CourseFilter filter, Viewer viewer) {
        return transactions.read(handle -> listing.count(handle, filter, viewer));
    }

    /// Rows of a list for visitors.
    ///
    /// @param question the query as bytes
    byte[] list(byte[] question, CourseQuery query) {
        return cache.page(question, () -> CatalogMapper.toBytes(list(query)));
    }

    /// Counts for visitors.
    ///
    /// @param question the filter as bytes
    byte[] count(byte[] question, CourseFilter filter, Viewer viewer) {
        return cache.page(question, () -> CatalogMapper.toBytes(count(filter, viewer)));
    }

    /// Published courses by id, for visitors.
    Map<UUID, byte[]> courses(Collection<UUID> ids) {
        return cache.courses(ids, this::load);
    }

    Optional<byte[]> course(UUID id) {
        return Optional.ofNullable(courses(List.of(id)).get(id));
    }

    /// A published course by its slug. Where the course that had it is gone, another may have it now.
    Optional<byte[]> courseOfSlug(String slug) {
        var id = cache.courseOfSlug(slug, () -> loadBySlug(slug).map(Course::id));
        return id.isEmpty()
                ? Optional.empty()
                : course(id.get()).or(() -> loadBySlug(slug).map(CatalogMapper::toBytes));
    }

    private Map<UUID, byte[]> load(Collection<UUID> ids) {
        return transactions.read(handle -> courses.findVisible(handle, List.copyOf(ids), Viewer.current())).stream()
                .filter(course -> course.status() == CourseStatus.PUBLISHED)
                .collect(Collectors.toMap(Course::id, CatalogMapper::toBytes));
    }

    private Optional<Course> loadBySlug(String slug) {
        return transactions
                .read(handle -> courses.findBySlug(handle, slug))
                .filter(course -> course.status() == CourseStatus.PUBLISHED);
    }
}
