package org.aula.analytics.learning;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.events.BatchConsumer;

/// Listens to what learners do.
@Singleton
final class LearningConsumer implements BatchConsumer {

    /// The consumer group, also in `inbox`.
    static final String NAME = "analytics.learning";

    private final Ingest ingest;

    LearningConsumer(Ingest ingest) {
        this.ingest = ingest;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Message> types() {
        return LearningMapper.TYPES;
    }

    @Override
    public void accept(List<EventEnvelope> batch) {
        ingest.accept(batch.stream().map(LearningMapper::fromEvent).toList());
    }
}
