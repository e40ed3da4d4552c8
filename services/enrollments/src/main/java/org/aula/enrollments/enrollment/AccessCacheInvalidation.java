package org.aula.enrollments.enrollment;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.aula.api.enrollments.v1.EnrollmentStatusChanged;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.aula.kernel.events.Invalidation;

/// The events after which a learner's courses are read anew.
@Factory
final class AccessCacheInvalidation {

    @Singleton
    Invalidation accesses(AccessCache cache) {
        return Invalidation.named("enrollments.cache")
                .on(UserEnrolled.getDefaultInstance(), UserEnrolled::getUserId)
                .on(EnrollmentStatusChanged.getDefaultInstance(), EnrollmentStatusChanged::getUserId)
                .by(cache::changed, cache::changedOrThrow);
    }
}
