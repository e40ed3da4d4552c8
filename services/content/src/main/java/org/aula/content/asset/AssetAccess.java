package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aula.kernel.call.Caller;
import org.aula.kernel.postgres.Database;

/// Who may read which asset: its owner, services and holders of `content:write` all of it; others only what
/// is ready, if it is public, belongs to a lesson that anyone may read, or to a course whose lessons they
/// may
/// read.
@Singleton
final class AssetAccess {

    private static final String ALL = "content:write";

    private final AssetStore assets;
    private final PreviewRepository previews;
    private final Database database;
    private final EnrollmentAccessClient enrollments;

    AssetAccess(AssetStore assets, PreviewRepository previews, Database database, EnrollmentAccessClient enrollments) {
        this.assets = assets;
        this.previews = previews;
        this.database = database;
        this.enrollments = enrollments;
    }

    /// One asset.
    ///
    /// @throws org.aula.kernel.error.ServiceException ASSET_NOT_FOUND, also when the caller may not read it
    Asset readable(Caller caller, UUID id) {
        return readable(caller, assets.find(id).stream().toList()).stream()
                .findFirst()
                .orElseThrow(() -> Uploads.notFound(id));
    }

    /// Those of the assets that the caller may read, in the same order. Asks for previews at most once, and
    /// then `enrollments` at most once.
    List<Asset> readable(Caller caller, Collection<Asset> found) {
        Predicate<Asset> open = asset -> isOpen(caller, asset);
        var lessons = previews(found.stream().filter(open.negate()).toList());
        Predicate<Asset> known = open.or(asset -> isPreview(asset, lessons));
        var courses =
                coursesOfLearner(caller, found.stream().filter(known.negate()).toList());
        return found.stream()
                .filter(known.or(asset -> isOfCourse(asset, courses)))
                .toList();
    }

    private Set<PreviewRepository.Lesson> previews(Collection<Asset> asked) {
        var lessons = asked.stream()
                .filter(Asset::isReady)
                .flatMap(asset -> asset.readableWithLesson().stream())
                .collect(Collectors.toSet());
        return lessons.isEmpty() ? Set.of() : Set.copyOf(database.query(() -> previews.find(lessons)));
    }

    private Set<UUID> coursesOfLearner(Caller caller, Collection<Asset> asked) {
        if (!(caller instanceof Caller.User user)) {
            return Set.of();
        }
        var courses = asked.stream()
                .filter(Asset::isReady)
                .flatMap(asset -> asset.readableWithCourse().stream())
                .collect(Collectors.toSet());
        return enrollments.readable(user.id(), courses);
    }

    /// Whether the caller may read the asset, whatever courses they are enrolled in.
    static boolean isOpen(Caller caller, Asset asset) {
        return switch (caller) {
            case Caller.Service ignored -> true;
            case Caller.User user when user.id().equals(asset.ownerId()) || user.holds(ALL) -> true;
            case Caller.User ignored -> isPublic(asset);
            case Caller.Anonymous ignored -> isPublic(asset);
        };
    }

    private static boolean isPublic(Asset asset) {
        return asset.isReady() && asset.visibility() == Asset.Visibility.PUBLIC;
    }

    /// The lesson must be of the asset's course: its owner names both.
    private static boolean isPreview(Asset asset, Set<PreviewRepository.Lesson> lessons) {
        var lesson = asset.lessonId();
        var course = asset.courseId();
        return asset.isReady()
                && asset.visibility() == Asset.Visibility.COURSE
                && lesson != null
                && course != null
                && lessons.contains(new PreviewRepository.Lesson(lesson, course));
    }

    private static boolean isOfCourse(Asset asset, Set<UUID> courses) {
        return asset.isReady()
                && asset.readableWithCourse().filter(courses::contains).isPresent();
    }
}
