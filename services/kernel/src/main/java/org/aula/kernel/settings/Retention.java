package org.aula.kernel.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// How long every service keeps the rows of its technical tables: what `aula.kernel` of
/// `config/kernel/application.yml` sets.
///
/// @param outboxKept how long published events stay in the outbox and in the stream
/// @param inboxKept how long a consumer remembers that it took an event; longer than the outbox could
///     publish it once more
/// @param idempotencyKeysKept how long a repeated request gets the first answer
/// @param sagasKept how long it is known how a saga ended
/// @throws IllegalArgumentException when the inbox forgets before the outbox does
@ConfigurationProperties("aula.kernel")
public record Retention(Duration outboxKept, Duration inboxKept, Duration idempotencyKeysKept, Duration sagasKept) {

    public Retention {
        if (inboxKept.compareTo(outboxKept) <= 0) {
            throw new IllegalArgumentException(
                    "aula.kernel.inbox-kept (" + inboxKept + ") must be longer than outbox-kept (" + outboxKept + ")");
        }
    }
}
