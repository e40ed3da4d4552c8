package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.kernel.identity.Caller;

/// Who may read which asset: its owner, services and holders of `content:write` all of it; others only what
/// is ready, if it is public or belongs to a course whose lessons they may read.
@Singleton
final class AssetAccess {

    private static final String ALL = "content:write";

    private final EnrollmentAccessClient enrollments;

    AssetAccess(EnrollmentAccessClient enrollments) {
        this.enrollments = enrollments;
    }

    /// Those of the assets that the caller may read, in the same order. Asks `enrollments` at most once.
    List<Asset> readable(Caller caller, Collection<Asset> assets) {
        var courses = coursesOfLearner(caller, assets);
        return assets.stream()
                .filter(asset -> isOpen(caller, asset) || isOfCourse(asset, courses))
                .toList();
    }

    private Set<UUID> coursesOfLearner(Caller caller, Collection<Asset> assets) {
        if (!(caller instanceof Caller.User user)) {
            return Set.of();
        }
        var asked = assets.stream()
                .filter(asset -> asset.isReady() && !isOpen(caller, asset))
                .flatMap(asset -> asset.readableWithCourse().stream())
                .collect(Collectors.toSet());
        return enrollments.readable(user.id(), asked);
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

    private static boolean isOfCourse(Asset asset, Set<UUID> courses) {
        return asset.isReady()
                && asset.readableWithCourse().filter(courses::contains).isPresent();
    }
}
