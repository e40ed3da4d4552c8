package org.aula.users.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContentAwayTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    @Test
    void onlyPicturesOfThePlatformNeedIt() throws Exception {
        var user = People.aUser(platform, "Ada");

        assertThat(show(user, "https://cdn.example/b.png")).isEqualTo("https://cdn.example/b.png");
        Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                () -> show(user, "aula-asset:019b76da-a800-7000-8000-00000000dead"));
        assertThat(show(user, "")).isEmpty();
    }

    private static String show(TestUser user, String address) {
        return People.as(platform, user)
                .updateUser(UpdateUserRequest.newBuilder()
                        .setUserId(user.id().toString())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("avatar_url"))
                        .setAvatarUrl(address)
                        .build())
                .getUser()
                .getAvatarUrl();
    }
}
