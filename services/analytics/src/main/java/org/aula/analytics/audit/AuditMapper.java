package org.aula.analytics.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.UUID;
import org.aula.analytics.audit.AuditEntry.Change;
import org.aula.api.analytics.v1.ListAuditEntriesRequest;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.common.v1.FieldChange;
import org.aula.kernel.time.Times;

/// Audit entries from events and as messages.
final class AuditMapper {

    private AuditMapper() {}

    /// The entry that an event tells of.
    static AuditEntry fromEvent(EventEnvelope envelope) {
        AuditRecorded event;
        try {
            event = envelope.getPayload().unpack(AuditRecorded.class);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("the event " + envelope.getEventId() + " does not parse", broken);
        }
        return new AuditEntry(
                UUID.fromString(envelope.getEventId()),
                envelope.getActor(),
                domain(event.getMethod()),
                event.getAction(),
                event.getResourceType(),
                event.getResourceId(),
                event.getChangesList().stream().map(AuditMapper::change).toList(),
                event.getRequestId(),
                event.getIpAddress(),
                event.getUserAgent(),
                Times.instant(envelope.getOccurredAt()));
    }

    static org.aula.api.analytics.v1.AuditEntry toProto(AuditEntry entry) {
        return org.aula.api.analytics.v1.AuditEntry.newBuilder()
                .setId(entry.id().toString())
                .setActor(entry.actor())
                .setDomain(entry.domain())
                .setAction(entry.action())
                .setResourceType(entry.resourceType())
                .setResourceId(entry.resourceId())
                .addAllChanges(
                        entry.changes().stream().map(AuditMapper::toProto).toList())
                .setRequestId(entry.requestId())
                .setIpAddress(entry.ipAddress())
                .setUserAgent(entry.userAgent())
                .setCreateTime(Times.timestamp(entry.occurredAt()))
                .build();
    }

    static AuditQuery query(ListAuditEntriesRequest request, Optional<UUID> before, int limit) {
        return new AuditQuery(
                request.getActor(),
                request.getResourceId(),
                request.getAction(),
                request.hasFromTime() ? Times.instant(request.getFromTime()) : null,
                request.hasBeforeTime() ? Times.instant(request.getBeforeTime()) : null,
                before.orElse(null),
                limit);
    }

    private static Change change(FieldChange change) {
        return new Change(change.getPath(), change.getBeforeJson(), change.getAfterJson(), change.getPersonal());
    }

    private static FieldChange toProto(Change change) {
        return FieldChange.newBuilder()
                .setPath(change.path())
                .setBeforeJson(change.before())
                .setAfterJson(change.after())
                .setPersonal(change.personal())
                .build();
    }

    /// `courses` of `aula.courses.v1.CourseService/PublishCourse`.
    private static String domain(String method) {
        var parts = method.split("\\.", 3);
        return parts.length < 2 ? "" : parts[1];
    }
}
