package org.aula.notifications.delivery;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;
import java.util.List;

/// What `aula.notifications` of the service's `application.yml` sets.
///
/// @param parallel emails on their way at once
/// @param lease how long after its last sign of life a worker has its email
/// @param pauses after failures that may pass; the last one goes on
/// @param giveUpAfter how long an email is tried
/// @param awayPause how long all emails wait when what each of them needs is unavailable; doubled while it
/// is
/// @param longestAwayPause the longest that is doubled to
/// @param doneKept how long emails stay in the queue that were sent or dropped
/// @param failedKept how long emails stay in the queue that were given up
@ConfigurationProperties("aula.notifications")
record DeliverySettings(
        int parallel,
        Duration lease,
        List<Duration> pauses,
        Duration giveUpAfter,
        Duration awayPause,
        Duration longestAwayPause,
        Duration doneKept,
        Duration failedKept) {}
