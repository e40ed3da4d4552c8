package org.aula.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.RegisterResponse;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Register waits for the users service.
class RegistrationWaitTest {

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("auth", "users").setting("AULA_AUTH_REGISTRATION_WAIT", "PT5S");

    private final Visitor visitor = Visitor.of(platform);
    private final UsersVoice users = new UsersVoice(platform);
    private final RegisterRequest request =
            Visitor.registration(Visitor.uniqueName()).build();

    private CompletableFuture<RegisterResponse> registering() {
        return CompletableFuture.supplyAsync(() -> visitor.stub().register(request));
    }

    private String awaitAccount() throws Exception {
        Await.until("the account is there", () -> !accountIds().isEmpty());
        return accountIds().getFirst();
    }

    private List<String> accountIds() {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT id::text FROM auth.accounts WHERE email = CAST(? AS public.citext)")
                        .bind(0, request.getEmail())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void theVisitorIsToldThatTheUserIsThere() throws Exception {
        var answer = registering();
        var id = awaitAccount();
        assertThat(answer).isNotDone();

        users.created(id);

        var response = answer.get(8, TimeUnit.SECONDS);
        assertThat(response.getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_COMPLETED);
        assertThat(response.getAccount().getId()).isEqualTo(id);
        assertThat(visitor.stub().register(request)).isEqualTo(response);
    }

    @Test
    void theVisitorIsToldThatNothingWasKept() throws Exception {
        var answer = registering();

        users.creationFailed(awaitAccount());

        Refusal.expect(Code.ABORTED, ErrorReason.ERROR_REASON_REGISTRATION_FAILED, () -> get(answer));
        Refusal.expect(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_REGISTRATION_FAILED,
                () -> visitor.stub().register(request));
        assertThat(accountIds()).isEmpty();
    }

    @Test
    void aShortDeadlineIsAnsweredInTimeAndARepetitionTellsHowItEnded() throws Exception {
        var response = visitor.stub().withDeadlineAfter(3, TimeUnit.SECONDS).register(request);
        assertThat(response.getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);

        users.created(response.getRegistrationId());

        var again = visitor.stub().register(request);
        assertThat(again.getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_COMPLETED);
        assertThat(again.getAccount()).isEqualTo(response.getAccount());
    }

    @Test
    void manyWhoWaitHoldNoConnection() throws Exception {
        var waiting = java.util.stream.IntStream.range(0, 12)
                .mapToObj(index -> Visitor.registration(Visitor.uniqueName()).build())
                .map(other -> CompletableFuture.supplyAsync(
                        () -> visitor.stub().register(other),
                        command -> Thread.ofVirtual().start(command)))
                .toList();
        var answer = registering();
        users.created(awaitAccount());

        assertThat(answer.get(8, TimeUnit.SECONDS).getState())
                .isEqualTo(RegistrationState.REGISTRATION_STATE_COMPLETED);
        for (var other : waiting) {
            assertThat(other.get(15, TimeUnit.SECONDS).getState())
                    .isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);
        }
    }

    private static RegisterResponse get(CompletableFuture<RegisterResponse> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StatusRuntimeException refused) {
                throw refused;
            }
            throw failed;
        }
    }
}
