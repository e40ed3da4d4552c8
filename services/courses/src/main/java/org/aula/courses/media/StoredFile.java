package org.aula.courses.media;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file that the content service keeps, and where its bytes can be read for a while.
///
/// @param courseId the course that it belongs to; null for none
public record StoredFile(UUID id, UUID ownerId, @Nullable UUID courseId, CourseFile file, URI address) {

    /// Whether a copy of it may go into a copy of a course. Lessons name files by their ids, anybody's,
    /// while copies are made with the rights of this service: so only what belongs to the course, to who
    /// teaches it or asks for the copy, or what anyone may read.
    public boolean isOpenTo(UUID course, UUID instructorId, UUID requesterId) {
        return file.visibility() == FileVisibility.PUBLIC
                || ownerId.equals(instructorId)
                || ownerId.equals(requesterId)
                || (file.visibility() == FileVisibility.COURSE && course.equals(courseId));
    }
}
