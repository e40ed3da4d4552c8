package org.aula.courses.section;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// A part of a course that groups lessons.
///
/// @param sortOrder place within the course, ascending from 0
/// @param version rises with every change; the etag
@MappedEntity("course_sections")
public record Section(UUID id, UUID courseId, String title, String description, int sortOrder, long version) {

    /// A new section.
    public Section(UUID id, UUID courseId, String title, String description, int sortOrder) {
        this(id, courseId, title, description, sortOrder, 1);
    }

    /// Says something else about it.
    Section describe(String newTitle, String newDescription) {
        return newTitle.equals(title) && newDescription.equals(description)
                ? this
                : new Section(id, courseId, newTitle, newDescription, sortOrder, version + 1);
    }
}
