package org.aula.courses.course;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.aula.courses.category.CategoryRepository;
import org.aula.courses.tag.TagRepository;
import org.aula.kernel.sort.SortedTable;

/// Tables of this service that are listed by names, for the job that keeps their keys.
@Factory
final class SortedTables {

    @Singleton
    SortedTable courses() {
        return CourseRepository.SORTED;
    }

    @Singleton
    SortedTable categories() {
        return CategoryRepository.SORTED;
    }

    @Singleton
    SortedTable tags() {
        return TagRepository.SORTED;
    }
}
