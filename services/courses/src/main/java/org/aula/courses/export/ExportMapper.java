package org.aula.courses.export;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.UUID;
import org.aula.api.courses.v1.ExportCourseRequest;

/// What an export was asked for, as its operation keeps it.
final class ExportMapper {

    private ExportMapper() {}

    static UUID courseId(byte[] input) {
        try {
            return UUID.fromString(ExportCourseRequest.parseFrom(input).getCourseId());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept request does not parse", broken);
        }
    }
}
