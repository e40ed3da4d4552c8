package org.aula.kernel.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.aula.api.auth.v1.RegisterRequest;
import org.aula.kernel.contract.Redaction;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The order of the interceptors is the security of the platform.
final class InterceptorsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    @Test
    void standInOneOrder() {
        assertThat(platform.bean("courses", GrpcServer.class).interceptors())
                .filteredOn(interceptor -> !(interceptor instanceof TestInterceptor))
                .extracting(interceptor -> (Object) interceptor.getClass())
                .containsExactly(
                        AccessInterceptor.class,
                        ErrorMappingInterceptor.class,
                        CallerInterceptor.class,
                        DeadlineInterceptor.class,
                        ValidationInterceptor.class);
    }

    @Test
    void whatIsLoggedOfARequestHoldsNothingPersonal() {
        var request = RegisterRequest.newBuilder()
                .setRequestId("the id")
                .setEmail("person@example.org")
                .setPassword("secret secret")
                .setFirstName("Given")
                .setTimeZone("Europe/Madrid")
                .build();
        assertThat(Redaction.redact(request).toString())
                .contains("the id", "Europe/Madrid")
                .doesNotContain("person@", "secret", "Given");
    }
}
