package org.aula.kernel.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.aula.api.common.v1.EventEnvelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a consumer the events that it wants, many at once. A batch that it fails on is given in halves, so
/// that one bad event is found in a few steps and put aside, and the good ones around it arrive.
final class BatchRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final BatchConsumer consumer;
    private final String domain;
    private final DeadLetters deadLetters;
    private final Set<String> wanted;

    BatchRunner(BatchConsumer consumer, String domain, DeadLetters deadLetters) {
        this.consumer = consumer;
        this.domain = domain;
        this.deadLetters = deadLetters;
        this.wanted = consumer.types().stream()
                .map(type -> type.getDescriptorForType().getFullName())
                .collect(Collectors.toSet());
    }

    void handle(List<Entry> entries) throws Exception {
        var batch = new ArrayList<Entry>();
        for (var entry : entries) {
            if (entry.envelope() == null) {
                deadLetters.parkUnreadable(consumer.name(), domain, entry);
            } else if (wanted.contains(entry.envelope().getType())) {
                batch.add(entry);
            }
        }
        if (!batch.isEmpty()) {
            deliver(batch);
        }
    }

    private void deliver(List<Entry> batch) throws Exception {
        if (batch.size() == 1) {
            deliver(batch.getFirst());
            return;
        }
        try {
            consumer.accept(envelopes(batch));
            return;
        } catch (Throwable failure) {
            Attempts.throwIfUndecided(failure);
            LOG.warn("{} failed on {} events; it gets them in halves", consumer.name(), batch.size(), failure);
        }
        var middle = batch.size() / 2;
        deliver(batch.subList(0, middle));
        deliver(batch.subList(middle, batch.size()));
    }

    private void deliver(Entry entry) throws Exception {
        var failure = Attempts.make(() -> consumer.accept(envelopes(List.of(entry))));
        if (failure.isPresent()) {
            LOG.error(
                    "{} gives up {}",
                    consumer.name(),
                    entry.eventId(),
                    failure.get().cause());
            deadLetters.park(consumer.name(), domain, entry, failure.get());
        }
    }

    private static List<EventEnvelope> envelopes(List<Entry> batch) {
        return batch.stream().map(Entry::envelope).toList();
    }
}
