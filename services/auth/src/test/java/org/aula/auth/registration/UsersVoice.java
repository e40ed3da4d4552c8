package org.aula.auth.registration;

import com.google.protobuf.Message;
import org.aula.api.users.v1.UserCreated;
import org.aula.api.users.v1.UserCreationFailed;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.TestPlatform;

/// The users service as far as it is heard: it says how registrations ended.
record UsersVoice(TestPlatform platform) {

    void created(String userId) throws Exception {
        say(UserCreated.newBuilder().setUserId(userId).build());
    }

    void creationFailed(String userId) throws Exception {
        say(UserCreationFailed.newBuilder().setUserId(userId).build());
    }

    private void say(Message event) throws Exception {
        platform.inside(
                "users",
                () -> platform.bean("users", Database.class).transact(() -> {
                    platform.bean("users", Outbox.class).append(event);
                    return true;
                }));
    }
}
