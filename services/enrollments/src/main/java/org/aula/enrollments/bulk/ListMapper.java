package org.aula.enrollments.bulk;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.UUID;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.kernel.time.Times;

/// To and from the contract's messages.
final class ListMapper {

    private ListMapper() {}

    /// What an operation was asked for.
    record Order(UUID listId, boolean isDryRun) {}

    static Order order(byte[] input) {
        try {
            var request = RunEnrollmentListRequest.parseFrom(input);
            return new Order(UUID.fromString(request.getEnrollmentListId()), request.getDryRun());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept request does not parse", broken);
        }
    }

    static org.aula.api.enrollments.v1.EnrollmentList toProto(EnrollmentList list) {
        var message = org.aula.api.enrollments.v1.EnrollmentList.newBuilder()
                .setId(list.id().toString())
                .setOwnerId(list.ownerId().toString())
                .setWaivePrerequisites(list.waivesPrerequisites())
                .setPartCount(list.partCount())
                .setSizeBytes(list.sizeBytes())
                .setCreateTime(Times.timestamp(list.createdAt()));
        if (list.courseId() != null) {
            message.setCourseId(list.courseId().toString());
        }
        return message.build();
    }
}
