package org.aula.analytics.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Something that somebody changed.
///
/// @param id the event's
/// @param actor a user's id, `partner:<id>`, `service:<name>` or `anonymous`
/// @param domain the service that told it
/// @param action what was done, such as `course.publish`
record AuditEntry(
        UUID id,
        String actor,
        String domain,
        String action,
        String resourceType,
        String resourceId,
        List<Change> changes,
        String requestId,
        String ipAddress,
        String userAgent,
        Instant occurredAt) {

    /// One field before and after, as JSON; both are empty for personal data.
    record Change(String path, String before, String after, boolean personal) {}
}
