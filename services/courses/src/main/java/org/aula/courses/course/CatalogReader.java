package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.cache.CatalogCache;
import org.aula.kernel.postgres.Database;

/// The public read side of courses. Anonymous callers are answered from Redis, with the bytes of the
/// messages that are sent; signed-in callers, who may see more and may just have changed it, from
/// PostgreSQL.
@Singleton
final class CatalogReader {

    private final CourseRepository courses;
    private final CourseListingRepository listing;
    private final CatalogCache cache;
    private final Database database;

    CatalogReader(CourseRepository courses, CourseListingRepository listing, CatalogCache cache, Database database) {
        this.courses = courses;
        this.listing = listing;
        this.cache = cache;
        this.database = database;
    }

    List<Course> list(CourseQuery query) {
        return database.query(() -> listing.list(query));
    }

    CourseCounts count(CourseFilter filter, Viewer viewer) {
        return database.query(() -> listing.count(filter, viewer));
    }

    /// Rows of a list for visitors, kept where many ask for them.
    ///
    /// @param question the query as bytes
    byte[] list(byte[] question, CourseQuery query) {
        return query.filter().isAskedByMany()
                ? cache.page(question, () -> CatalogMapper.toBytes(list(query)))
                : CatalogMapper.toBytes(list(query));
    }

    /// Counts for visitors, kept where many ask for them.
    ///
    /// @param question the filter as bytes
    byte[] count(byte[] question, CourseFilter filter, Viewer viewer) {
        return filter.isAskedByMany()
                ? cache.page(question, () -> CatalogMapper.toBytes(count(filter, viewer)))
                : CatalogMapper.toBytes(count(filter, viewer));
    }

    /// Published courses by id, for visitors.
    Map<UUID, byte[]> courses(Collection<UUID> ids) {
        return cache.courses(ids, this::load);
    }

    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND
    byte[] course(UUID id) {
        return find(id).orElseThrow(CourseAccess::notFound);
    }

    /// A published course by its slug. Where the course that had it is gone, another may have it now.
    ///
    /// @throws org.aula.kernel.error.ServiceException NOT_FOUND with COURSE_NOT_FOUND
    byte[] courseOfSlug(String slug) {
        return cache.courseOfSlug(slug, () -> loadBySlug(slug).map(Course::id))
                .flatMap(id -> find(id).or(() -> loadBySlug(slug).map(CatalogMapper::toBytes)))
                .orElseThrow(CourseAccess::notFound);
    }

    private Optional<byte[]> find(UUID id) {
        return Optional.ofNullable(courses(List.of(id)).get(id));
    }

    private Map<UUID, byte[]> load(Collection<UUID> ids) {
        return database.query(() -> courses.findVisible(ids, Viewer.current())).stream()
                .filter(course -> course.status() == CourseStatus.PUBLISHED)
                .collect(Collectors.toMap(Course::id, CatalogMapper::toBytes));
    }

    private Optional<Course> loadBySlug(String slug) {
        return database.query(() -> courses.findBySlug(slug))
                .filter(course -> course.status() == CourseStatus.PUBLISHED);
    }
}
