package org.aula.kernel.operation;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationIssue;
import org.aula.api.operations.v1.OperationState;
import org.aula.kernel.proto.StoredJson;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// A row of `operations`.
///
/// @param issues as JSON, see [#json]
@MappedEntity("operations")
record OperationRow(
        UUID id,
        String kind,
        UUID ownerId,
        String state,
        long done,
        long total,
        @Nullable UUID resourceId,
        String issues,
        long issueCount,
        String failure,
        byte[] input,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    boolean isEnded() {
        return endedAt != null;
    }

    /// The message that callers get; rate and end are worked out for this moment.
    Operation toMessage(Instant now) {
        var message = Operation.newBuilder()
                .setId(id.toString())
                .setKind(kind)
                .setState(OperationState.valueOf("OPERATION_STATE_" + state))
                .setDone(done)
                .setTotal(total)
                .setResourceId(resourceId == null ? "" : resourceId.toString())
                .addAllIssues(issues(issues))
                .setIssueCount(issueCount)
                .setFailure(failure)
                .setCreateTime(Times.timestamp(createdAt));
        if (endedAt != null) {
            message.setEndTime(Times.timestamp(endedAt));
        }
        if (startedAt != null) {
            var until = endedAt == null ? now : endedAt;
            var seconds = Math.max(Duration.between(startedAt, until).toMillis(), 1) / 1000.0;
            var rate = done / seconds;
            message.setRate(rate);
            if (endedAt == null && rate > 0 && total > done) {
                message.setEstimatedEndTime(Times.timestamp(now.plusMillis((long) ((total - done) / rate * 1000))));
            }
        }
        return message.build();
    }

    /// Issues are kept as one operation message in JSON, so that the contract says their form.
    static String json(List<OperationIssue> issues) {
        return StoredJson.write(Operation.newBuilder().addAllIssues(issues));
    }

    private static List<OperationIssue> issues(String json) {
        return json.equals("[]")
                ? List.of()
                : StoredJson.read(json, Operation.newBuilder()).getIssuesList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OperationRow row && row.id.equals(id) && Arrays.equals(row.input, input);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
