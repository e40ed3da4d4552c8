package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import java.util.Map;
import org.aula.api.auth.v1.CompleteLoginRequest;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.LogoutRequest;
import org.aula.api.enrollments.v1.AcceptWaitlistOfferRequest;
import org.aula.api.enrollments.v1.AcceptWaitlistOfferResponse;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The page on which a seat is taken that an email offers.
@Tag("fast")
class WaitlistOfferPageTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String PAGE = "/waitlist-offer?entry=" + TestGateway.uuid("entry");

    @BeforeEach
    void signsIn() {
        var signedIn = LoginResponse.newBuilder();
        signedIn.getTokensBuilder().setAccessToken(TestGateway.token()).setRefreshToken("refresh");
        GATEWAY.answer(LoginRequest.class, request -> signedIn.build());
    }

    private static JsonNode press(String path) throws Exception {
        return Browser.press(GATEWAY, path, "identifier=ada@example.org", "password=correct horse");
    }

    @Test
    void theButtonSignsInTakesTheSeatAndSignsOut() throws Exception {
        var seen = press(PAGE);

        assertThat(seen.path("says").asText()).contains("The seat is yours");
        assertThat(seen.path("formHidden").asBoolean()).isTrue();
        assertThat(GATEWAY.request(LoginRequest.class).getIdentifier()).isEqualTo("ada@example.org");
        assertThat(GATEWAY.request(LoginRequest.class).getPassword()).isEqualTo("correct horse");
        assertThat(GATEWAY.request(AcceptWaitlistOfferRequest.class).getWaitlistEntryId())
                .isEqualTo(TestGateway.uuid("entry"));
        assertThat(GATEWAY.request(LogoutRequest.class).getRefreshToken()).isEqualTo("refresh");
    }

    @Test
    void aSecondFactorIsAskedForBeforeAnythingIsTaken() throws Exception {
        var challenged = LoginResponse.newBuilder();
        challenged.getChallengeBuilder().setChallengeToken("challenge");
        GATEWAY.answer(LoginRequest.class, request -> challenged.build());

        var seen = press(PAGE);

        assertThat(seen.path("says").asText()).contains("code");
        assertThat(seen.path("formHidden").asBoolean()).isFalse();
        assertThat(GATEWAY.requests())
                .noneMatch(AcceptWaitlistOfferRequest.class::isInstance)
                .noneMatch(CompleteLoginRequest.class::isInstance);
    }

    @Test
    void whoCannotSignInTakesNothing() throws Exception {
        GATEWAY.refuse(Refusal.of(Code.UNAUTHENTICATED, "CREDENTIALS_INVALID", Map.of()));

        var seen = press(PAGE);

        assertThat(seen.path("kind").asText()).isEqualTo("wrong");
        assertThat(seen.path("formHidden").asBoolean()).isFalse();
        assertThat(GATEWAY.requests()).noneMatch(AcceptWaitlistOfferRequest.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED_PRECONDITION, WAITLIST_STATE_FORBIDS, This offer is over, true",
        "NOT_FOUND, WAITLIST_ENTRY_NOT_FOUND, This offer is not yours, true",
        "NOT_FOUND, COURSE_NOT_FOUND, not offered any more, true",
        "ALREADY_EXISTS, ALREADY_ENROLLED, enrolled in this course already, true",
        "FAILED_PRECONDITION, PREREQUISITE_MISSING, refused with PREREQUISITE_MISSING, false",
        "UNAVAILABLE, STORE_UNAVAILABLE, '', false"
    })
    void whatStandsInTheWayIsSaid(Code code, String reason, String says, boolean ends) throws Exception {
        GATEWAY.answer(AcceptWaitlistOfferRequest.class, request -> {
            GATEWAY.refuse(Refusal.of(code, reason, Map.of()));
            return AcceptWaitlistOfferResponse.getDefaultInstance();
        });

        var seen = press(PAGE);

        assertThat(seen.path("says").asText()).contains(says).doesNotContain("The seat is yours");
        assertThat(seen.path("kind").asText()).isEqualTo("wrong");
        assertThat(seen.path("formHidden").asBoolean()).isEqualTo(ends);
        assertThat(GATEWAY.requests()).as("the session ends all the same").anyMatch(LogoutRequest.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?entry=", "?entry=1", "?entry=%22%3E%3Cscript%3E"})
    void withoutAnOfferThereIsNothingToPress(String query) throws Exception {
        var seen = press("/waitlist-offer" + query);

        assertThat(seen.path("says").asText()).contains("missing");
        assertThat(seen.path("formHidden").asBoolean()).isTrue();
        assertThat(GATEWAY.requests()).isEmpty();
    }
}
