package org.aula.courses.cache;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.aula.api.courses.v1.CourseArchived;
import org.aula.api.courses.v1.CourseDeleted;
import org.aula.api.courses.v1.CoursePublished;
import org.aula.api.courses.v1.CourseUpdated;
import org.aula.api.courses.v1.ReviewChanged;
import org.aula.kernel.events.Invalidation;

/// The events after which a course and the pages of the catalog are read anew.
@Factory
final class CatalogCacheInvalidation {

    @Singleton
    Invalidation courses(CatalogCache cache) {
        return Invalidation.named("courses.cache")
                .on(CoursePublished.getDefaultInstance(), CoursePublished::getCourseId)
                .on(CourseUpdated.getDefaultInstance(), CourseUpdated::getCourseId)
                .on(CourseArchived.getDefaultInstance(), CourseArchived::getCourseId)
                .on(CourseDeleted.getDefaultInstance(), CourseDeleted::getCourseId)
                .on(ReviewChanged.getDefaultInstance(), ReviewChanged::getCourseId)
                .by(cache::coursesChanged, cache::coursesChangedOrThrow);
    }
}
