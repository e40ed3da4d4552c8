package org.aula.courseaccess;

import com.google.protobuf.ProtocolMessageEnum;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// A lesson, and whether somebody may read it.
///
/// @param releaseAt from when on learners may; null for at once
/// @param missing lessons that come first and that they have not completed
@MappedEntity("lessons")
public record ReadableLesson(
        UUID id,
        UUID courseId,
        Reading reading,
        @Nullable Instant releaseAt,
        @UuidArray List<UUID> missing) {

    public ReadableLesson {
        missing = List.copyOf(missing);
    }

    /// Refuses whom the lesson is not open for yet, though its course is.
    ///
    /// @param notReleased the reason of the caller's contract, told with `release_time`
    /// @param prerequisiteMissing the same for lessons that come first, told with `lesson_ids`
    /// @throws ServiceException FAILED_PRECONDITION with one of them
    public void requireReleased(ProtocolMessageEnum notReleased, ProtocolMessageEnum prerequisiteMissing) {
        if (reading == Reading.NOT_RELEASED) {
            throw Errors.failedPrecondition(
                    notReleased, "this lesson opens later", Map.of("release_time", String.valueOf(releaseAt)));
        }
        if (reading == Reading.PREREQUISITE_MISSING) {
            throw Errors.failedPrecondition(
                    prerequisiteMissing,
                    "other lessons come first",
                    Map.of("lesson_ids", missing.stream().map(UUID::toString).collect(Collectors.joining(","))));
        }
    }
}
