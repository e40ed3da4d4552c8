package org.aula.analytics.audit;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.events.BatchConsumer;

/// Keeps what every domain tells of changes. An entry's id is its event's, so one that comes twice is there
/// once.
@Singleton
final class AuditConsumer implements BatchConsumer {

    /// Every domain with a method that the contract audits.
    private static final Set<String> DOMAINS = ContractFiles.services("aula.").stream()
            .filter(service -> service.getMethods().stream()
                    .anyMatch(method -> !ContractMethod.of(method).audit().isEmpty()))
            .map(ContractFiles::domain)
            .collect(Collectors.toUnmodifiableSet());

    private final AuditStore store;

    AuditConsumer(AuditStore store) {
        this.store = store;
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
        return DOMAINS;
    }

    @Override
    public void accept(List<EventEnvelope> batch) {
        store.insertMissing(batch.stream().map(AuditMapper::fromEvent).toList());
    }
}
