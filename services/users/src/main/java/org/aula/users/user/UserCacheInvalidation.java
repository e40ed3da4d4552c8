package org.aula.users.user;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.aula.api.users.v1.UserCreationFailed;
import org.aula.api.users.v1.UserDeleted;
import org.aula.api.users.v1.UserRestored;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.events.Invalidation;

/// The events after which a user is read anew.
@Factory
final class UserCacheInvalidation {

    @Singleton
    Invalidation users(CachedUsers users) {
        return Invalidation.named("users.cache")
                .on(UserUpdated.getDefaultInstance(), UserUpdated::getUserId)
                .on(UserDeleted.getDefaultInstance(), UserDeleted::getUserId)
                .on(UserRestored.getDefaultInstance(), UserRestored::getUserId)
                .on(UserCreationFailed.getDefaultInstance(), UserCreationFailed::getUserId)
                .by(users::changed, users::changedOrThrow);
    }
}
