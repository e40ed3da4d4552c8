package org.aula.kernel.events;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.LockConnections;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.settings.Settings;

/// Runs every consumer of the service: one reader for each group and stream.
@Singleton
public final class Consumers {

    private final List<StreamReader> readers = new ArrayList<>();

    Consumers(
            Settings settings,
            Collection<EventConsumer> consumers,
            Collection<BatchConsumer> batchConsumers,
            Redis redis,
            LockConnections connections,
            Database database,
            InboxRepository inbox,
            OutboxRepository outbox,
            DeadLetters deadLetters,
            MeterRegistry metrics) {
        var service = settings.service();
        UnaryOperator<String> epochOf = domain -> database.query(() -> outbox.epochOf(domain));
        for (var consumer : consumers) {
            for (var domain : consumer.domains()) {
                var runner = new ConsumerRunner(consumer, domain, database, inbox, deadLetters);
                readers.add(new StreamReader(
                        service, consumer.name(), domain, redis, connections, epochOf, metrics, runner::handle));
            }
        }
        for (var consumer : batchConsumers) {
            for (var domain : consumer.domains()) {
                var runner = new BatchRunner(consumer, domain, deadLetters);
                readers.add(new StreamReader(
                        service, consumer.name(), domain, redis, connections, epochOf, metrics, runner::handle));
            }
        }
    }

    /// Begins to listen, each reader in a thread of its own.
    public void start() {
        readers.forEach(StreamReader::start);
    }

    /// Stops after what is in hand; the rest comes again.
    public void stop() {
        readers.forEach(StreamReader::stop);
    }
}
