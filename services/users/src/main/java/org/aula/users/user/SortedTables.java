package org.aula.users.user;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.aula.kernel.sort.SortedTable;

/// Tables of this service that are listed by names, for the job that keeps their keys.
@Factory
final class SortedTables {

    @Singleton
    SortedTable users() {
        return UserRepository.SORTED;
    }
}
