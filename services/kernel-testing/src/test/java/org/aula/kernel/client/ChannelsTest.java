package org.aula.kernel.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a client may send again is what the contract says, and nothing else.
@Tag("fast")
final class ChannelsTest {

    @Test
    void onlyMethodsThatTheContractCallsSafeAreRetried() {
        var retried = Channels.serviceConfig("auth").toString();
        assertThat(retried).contains("method=GetMe", "method=Register").doesNotContain("method=Login");
        assertThat(retried).doesNotContain("method=RefreshTokens");
    }

    @Test
    void onlyTheCalledServicesMethodsAreInItsConfig() {
        assertThat(Channels.serviceConfig("courses").toString())
                .contains("aula.courses.v1.CourseService", "round_robin")
                .doesNotContain("aula.auth");
    }
}
