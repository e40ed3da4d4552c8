package org.aula.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.concurrent.ThreadLocalRandom;
import org.aula.api.common.v1.ErrorReason;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Bounds that are soon reached.
class RegistrationLimitsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth")
            .setting("AULA_AUTH_REGISTRATIONS_PER_ADDRESS", "2")
            .setting("AULA_AUTH_REGISTRATIONS_PER_NET", "3");

    @Test
    void anAddressIsBoundedThenTheNetAroundItAndOthersAreNot() throws Exception {
        // A net that no other test has.
        var random = ThreadLocalRandom.current();
        var net = "100." + random.nextInt(64, 128) + "." + random.nextInt(256) + ".";
        register(net + 1);
        register(net + 1);

        var refusal = refused(net + 1);
        register(net + 2);
        refused(net + 3);

        assertThat(refusal.hasRetryInfo()).isTrue();
        register("100.63." + random.nextInt(256) + ".1");
    }

    @Test
    void ofIpv6AHouseholdIsOneAddressAndASiteOneNet() throws Exception {
        var site = "2001:db8:%x:".formatted(ThreadLocalRandom.current().nextInt(1 << 16));
        register(site + "1::1");
        register(site + "1::2");

        refused(site + "1::3");
        register(site + "2::1");
        refused(site + "3::1");
    }

    private static Refusal refused(String address) throws Exception {
        return Refusal.expect(Code.RESOURCE_EXHAUSTED, ErrorReason.ERROR_REASON_RATE_LIMITED, () -> register(address));
    }

    private static Object register(String address) {
        return new Visitor(platform, address)
                .stub()
                .register(Visitor.registration(Visitor.uniqueName()).build());
    }
}
