package org.aula.courses.duplicate;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.UUID;
import org.aula.api.courses.v1.DuplicateCourseRequest;

/// What a duplication was asked for, as its operation keeps it.
final class DuplicationMapper {

    /// What to copy.
    ///
    /// @param title of the copy; empty for the course's own
    record Wish(UUID courseId, String title) {}

    private DuplicationMapper() {}

    static Wish wish(byte[] input) {
        try {
            var request = DuplicateCourseRequest.parseFrom(input);
            return new Wish(UUID.fromString(request.getCourseId()), request.getTitle());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept request does not parse", broken);
        }
    }
}
