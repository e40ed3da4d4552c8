package org.aula.local.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import java.util.regex.Pattern;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.RequestPasswordResetRequest;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.kernel.testing.TestEngines;
import org.aula.local.Edge;
import org.aula.local.Mails;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Emails on their whole way: asked for at the edge, sent by SMTP, and their links used.
@SuppressWarnings("NullAway.Init")
final class MailTest {

    private static final Pattern TOKEN = Pattern.compile("token=3D([\\w.-]+)|token=([\\w.-]+)");

    private static Edge edge;

    @BeforeAll
    static void open() throws Exception {
        assumeTrue(
                TestEngines.forServices().containsKey("MAIL_API_URL"),
                "mail goes to a server of one's own, which these tests cannot read");
        edge = Edge.get();
    }

    @Test
    void whoeverRegistersConfirmsTheAddressByTheLinkInTheMail() throws Exception {
        var person = edge.unverified();
        var mail = Mails.await(person.email(), "Please confirm your e-mail address");

        accounts()
                .verifyEmail(
                        VerifyEmailRequest.newBuilder().setToken(token(mail)).build());

        var account = login(person.email(), person.password()).getAccount();
        assertThat(account.getEmail()).isEqualTo(person.email());
        assertThat(account.getStatus()).isEqualTo(AccountStatus.ACCOUNT_STATUS_ACTIVE);
    }

    @Test
    void anEmailThatIsAskedForWhileTheMailServerIsAwayArrivesOnceWhenItIsBack() throws Exception {
        var person = edge.unverified();
        Mails.await(person.email(), "Please confirm your e-mail address");
        Control.without("mail", () -> {
            accounts()
                    .requestPasswordReset(RequestPasswordResetRequest.newBuilder()
                            .setEmail(person.email())
                            .build());
            Thread.sleep(3_000);
        });

        var mail = Mails.await(person.email(), "Choose a new password");
        accounts()
                .resetPassword(ResetPasswordRequest.newBuilder()
                        .setToken(token(mail))
                        .setNewPassword("battery staple horse")
                        .build());
        Mails.await(person.email(), "Your password was changed");

        assertThat(login(person.email(), "battery staple horse").getTokens().getAccessToken())
                .isNotEmpty();
        assertThat(Mails.of(person.email()))
                .extracting(Mails::subject)
                .containsExactlyInAnyOrder("Choose a new password", "Your password was changed");
    }

    private static AccountServiceGrpc.AccountServiceBlockingStub accounts() {
        return AccountServiceGrpc.newBlockingStub(edge.anonymous());
    }

    private static LoginResponse login(String email, String password) {
        return AuthServiceGrpc.newBlockingStub(edge.anonymous())
                .login(LoginRequest.newBuilder()
                        .setIdentifier(email)
                        .setPassword(password)
                        .build());
    }

    private static String token(JsonElement mail) {
        var matcher = TOKEN.matcher(Mails.raw(mail));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }
}
