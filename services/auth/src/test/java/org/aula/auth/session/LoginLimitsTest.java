package org.aula.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoginLimitsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private static LoginLimits.Subject subject(String identifier, String address) {
        return platform.bean("auth", LoginLimits.class).subject(null, identifier, address);
    }

    @Test
    void addressesOfOneHouseholdCountTogether() {
        var first = subject("ada", "2001:db8:1:2:3:4:5:6").address();

        assertThat(subject("ada", "2001:db8:1:2::1").address()).isEqualTo(first);
        assertThat(subject("ada", "2001:db8:1:3::1").address()).isNotEqualTo(first);
        assertThat(subject("ada", "192.0.2.1").address()).isEqualTo("rate_limit:login:192.0.2.1");
        assertThat(subject("ada", "").address()).isNull();
    }

    @Test
    void keysDoNotTellWhoTriedToSignIn() {
        var key = subject("Ada@test.example", "").accounts().getFirst();

        assertThat(key).startsWith("rate_limit:login:account:").doesNotContainIgnoringCase("ada");
        assertThat(subject("ada@TEST.example", "").accounts()).containsExactly(key);
    }
}
