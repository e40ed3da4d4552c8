package org.aula.analytics.audit;

import com.google.protobuf.Message;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.events.BatchConsumer;

/// Keeps what every domain tells of changes. An entry's id is its event's, so one that comes twice is there
/// once.
@Singleton
final class AuditConsumer implements BatchConsumer {

    private final AuditStore store;
    private final Set<String> domains;

    AuditConsumer(AuditStore store, @Value("${aula.analytics.audited-domains}") List<String> domains) {
        this.store = store;
        this.domains = Set.copyOf(domains);
    }

    @Override
    public String name() {
        return "analytics.audit";
    }

    @Override
    public List<Message> types() {
        return List.of(AuditRecorded.getDefaultInstance());
    }

    @Override
    public Set<String> domains() {
        return domains;
    }

    @Override
    public void accept(List<EventEnvelope> batch) {
        store.insertMissing(batch.stream().map(AuditMapper::fromEvent).toList());
    }
}
