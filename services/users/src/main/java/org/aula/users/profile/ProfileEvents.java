package org.aula.users.profile;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.users.v1.UserUpdated;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.events.Outbox;

/// What others are told of the documents, and what the audit log keeps.
@Singleton
final class ProfileEvents {

    private final Outbox outbox;
    private final Audit audit;

    ProfileEvents(Outbox outbox, Audit audit) {
        this.outbox = outbox;
        this.audit = audit;
    }

    void profileUpdated(Profile before, Profile after) {
        updated(after.userId(), "profile");
        audit.record("user_profile", after.userId(), ProfileMapper.toProto(before), ProfileMapper.toProto(after));
    }

    void settingsUpdated(UUID userId) {
        updated(userId, "settings");
    }

    private void updated(UUID userId, String part) {
        outbox.append(UserUpdated.newBuilder()
                .setUserId(userId.toString())
                .addParts(part)
                .build());
    }
}
