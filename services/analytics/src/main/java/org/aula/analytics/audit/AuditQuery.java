package org.aula.analytics.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which entries are asked for; what is empty or null asks for all.
///
/// @param before only entries older than this one, for the next page
/// @param limit how many
record AuditQuery(
        String actor,
        String resourceId,
        String action,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable UUID before,
        int limit) {}
