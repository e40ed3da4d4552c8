package org.aula.bff.analytics;

import graphql.schema.DataFetchingEnvironment;
import java.util.UUID;
import org.aula.api.analytics.v1.AuditEntry;
import org.aula.api.analytics.v1.AuditServiceGrpc;
import org.aula.api.analytics.v1.ListAuditEntriesRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Who changed what.
public final class AuditFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.page("auditEntries", AuditServiceGrpc.getListAuditEntriesMethod(), AuditFields::withoutGlobalIds);
        wiring.type("AuditEntry", AuditEntry.class).fetch("actorUser", AuditFields::person);
    }

    /// Actors and resources are known by many kinds of names: global ids become what the services know,
    /// other names stay.
    private static ListAuditEntriesRequest withoutGlobalIds(ListAuditEntriesRequest request) {
        return request.toBuilder()
                .setActor(withoutGlobalId(request.getActor()))
                .setResourceId(withoutGlobalId(request.getResourceId()))
                .build();
    }

    private static String withoutGlobalId(String name) {
        return GlobalId.parse(name).map(GlobalId::id).orElse(name);
    }

    private static @Nullable Object person(AuditEntry entry, DataFetchingEnvironment environment) {
        return isPerson(entry.getActor()) ? Loader.USER_SUMMARIES.load(environment, entry.getActor()) : null;
    }

    private static boolean isPerson(String actor) {
        try {
            return UUID.fromString(actor).toString().equals(actor);
        } catch (IllegalArgumentException nobody) {
            return false;
        }
    }
}
