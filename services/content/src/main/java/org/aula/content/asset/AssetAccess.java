package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aula.api.common.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.KnownCourse;
import org.aula.courseaccess.Person;
import org.aula.courseaccess.ReadableLesson;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Who may upload what, and who may read which asset: its owner, services and holders of `content:write` all
/// of it; others only what is ready, if it is public, or belongs to a lesson or a course that they may read.
/// What is in the custody of a service is there for that service alone.
@Singleton
final class AssetAccess {

    private static final String ALL = "content:write";
    private static final String CREATE = "content:create";

    private final AssetStore assets;
    private final CourseGuard guard;
    private final Database database;

    AssetAccess(AssetStore assets, CourseGuard guard, Database database) {
        this.assets = assets;
        this.guard = guard;
        this.database = database;
    }

    /// Refuses what only those may upload to whom the contract opens everything. Who holds the permission and
    /// is not among them has not verified the account.
    ///
    /// @param isPublicPicture whether it is what whoever is signed in may upload
    /// @throws org.aula.kernel.error.ServiceException PERMISSION_DENIED with PERMISSION_MISSING or
    ///     ACCOUNT_UNVERIFIED
    void requireUploadable(boolean isPublicPicture) {
        var scope = CallScope.current();
        if (isPublicPicture || scope.seesAll()) {
            return;
        }
        if (scope.caller().holds(CREATE)) {
            throw Errors.unverified();
        }
        throw Errors.permissionDenied(
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                "you may upload pictures of at most 5 MiB for everyone to see, and nothing else",
                Map.of("permissions", CREATE));
    }

    /// One asset.
    ///
    /// @throws org.aula.kernel.error.ServiceException ASSET_NOT_FOUND, also when the caller may not read it
    Asset readable(Caller caller, UUID id) {
        return readable(caller, assets.find(id).stream().toList()).stream()
                .findFirst()
                .orElseThrow(() -> Uploads.notFound(id));
    }

    /// Those of the assets that the caller may read, in the same order. Takes a statement for all lessons
    /// and one for all courses at most.
    List<Asset> readable(Caller caller, Collection<Asset> found) {
        Predicate<Asset> open = asset -> isOpen(caller, asset);
        var asked =
                found.stream().filter(open.negate().and(Asset::isForReaders)).toList();
        if (asked.isEmpty()) {
            return found.stream().filter(open).toList();
        }
        var person = Person.calling();
        var lessons = lessons(asked, person);
        Predicate<Asset> ofLesson = asset -> lesson(asset, lessons).isPresent();
        var courses = courses(asked.stream().filter(ofLesson.negate()).toList(), person);
        return found.stream()
                .filter(open.or(asset -> asset.isForReaders()
                        && lesson(asset, lessons)
                                .map(lesson -> lesson.reading().isAllowed())
                                .orElseGet(() -> courses.contains(asset.courseId()))))
                .toList();
    }

    private Map<UUID, ReadableLesson> lessons(Collection<Asset> asked, Person person) {
        var ids = ids(asked, Asset::lessonId);
        return ids.isEmpty() ? Map.of() : database.query(() -> guard.mayRead(ids, person));
    }

    /// The lesson that decides about an asset. A lesson of another course says nothing, since its owner
    /// names both; neither does one that is gone: then the course decides.
    private static Optional<ReadableLesson> lesson(Asset asset, Map<UUID, ReadableLesson> lessons) {
        return Optional.ofNullable(asset.lessonId())
                .map(lessons::get)
                .filter(lesson -> lesson.courseId().equals(asset.courseId()));
    }

    private Set<UUID> courses(Collection<Asset> asked, Person person) {
        var ids = ids(asked, Asset::courseId);
        var userId = person.id();
        if (userId == null || ids.isEmpty()) {
            return Set.of();
        }
        return database.query(() -> guard.findAll(ids, userId)).stream()
                .filter(course -> course.isOpenTo(person))
                .map(KnownCourse::id)
                .collect(Collectors.toSet());
    }

    private static Set<UUID> ids(Collection<Asset> assets, Function<Asset, @Nullable UUID> id) {
        return assets.stream().map(id).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /// Whether the caller may read the asset, whatever lessons and courses they may read.
    static boolean isOpen(Caller caller, Asset asset) {
        if (asset.isKeptFrom(caller)) {
            return false;
        }
        return switch (caller) {
            case Caller.Service ignored -> true;
            case Caller.User user when user.id().equals(asset.ownerId()) || user.holds(ALL) -> true;
            case Caller.User ignored -> isPublic(asset);
            case Caller.Partner partner -> partner.holds(ALL) || isPublic(asset);
            case Caller.Anonymous ignored -> isPublic(asset);
        };
    }

    /// Lets services take files into their own custody, and nobody else.
    ///
    /// @param isPrivate whether nobody else is meant to read the file
    /// @throws ServiceException VALIDATION_FAILED
    static void requireCustody(Caller caller, String custodian, boolean isPrivate) {
        if (!(caller instanceof Caller.Service service && service.name().equals(custodian))) {
            throw invalid("custody.custodian", "a service takes files into its own custody, and users take none");
        }
        if (!isPrivate) {
            throw invalid("visibility", "what is in custody is private");
        }
    }

    private static ServiceException invalid(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }

    private static boolean isPublic(Asset asset) {
        return asset.isReady() && asset.visibility() == Asset.Visibility.PUBLIC;
    }
}
