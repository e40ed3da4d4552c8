package org.aula.bff.analytics;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.aula.api.analytics.v1.AuditEntry;
import org.aula.api.analytics.v1.ListAuditEntriesRequest;
import org.aula.api.common.v1.FieldChange;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.Filter;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Who changed what.
public final class AuditFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.query("auditEntries", AuditFields::entries);
        wiring.type("AuditEntry", AuditEntry.class)
                .value("id", entry -> GlobalId.of("AuditEntry", entry.getId()))
                .value("actor", AuditEntry::getActor)
                .fetch("actorUser", AuditFields::person)
                .value("domain", AuditEntry::getDomain)
                .value("action", AuditEntry::getAction)
                .value("resourceType", AuditEntry::getResourceType)
                .value("resourceId", AuditEntry::getResourceId)
                .value("changes", AuditEntry::getChangesList)
                .value("requestId", entry -> Values.text(entry.getRequestId()))
                .value("ipAddress", entry -> Values.text(entry.getIpAddress()))
                .value("userAgent", entry -> Values.text(entry.getUserAgent()))
                .value("createTime", entry -> Values.time(entry.getCreateTime()));
        wiring.type("FieldChange", FieldChange.class)
                .value("path", FieldChange::getPath)
                .value("beforeJson", change -> Values.text(change.getBeforeJson()))
                .value("afterJson", change -> Values.text(change.getAfterJson()))
                .value("personal", FieldChange::getPersonal);
    }

    private static CompletableFuture<Map<String, Object>> entries(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var filter = Filter.of(environment);
        var list = ListAuditEntriesRequest.newBuilder()
                .setActor(filter.idOrText("actor"))
                .setResourceId(filter.idOrText("resourceId"))
                .setAction(filter.text("action"))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true);
        var from = filter.time("fromTime");
        if (from != null) {
            list.setFromTime(from);
        }
        var before = filter.time("beforeTime");
        if (before != null) {
            list.setBeforeTime(before);
        }
        return request.answer(request.audit().listAuditEntries(list.build()))
                .thenApply(page -> Connections.of(
                        page.getEntriesList(), page.getItemTokensList(), page.getNextPageToken(), after));
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
