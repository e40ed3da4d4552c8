package org.aula.kernel.events;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What each consumer has seen, in the transaction of its effect.
final class Inbox {

    private Inbox() {}

    /// Records an event.
    ///
    /// @return false when it was there already, and so had its effect
    static boolean record(Handle handle, String consumer, UUID eventId) {
        return handle.createUpdate(
                                "INSERT INTO inbox (consumer, event_id) VALUES (:consumer, :eventId) ON CONFLICT DO NOTHING")
                        .bind("consumer", consumer)
                        .bind("eventId", eventId)
                        .execute()
                == 1;
    }
}
