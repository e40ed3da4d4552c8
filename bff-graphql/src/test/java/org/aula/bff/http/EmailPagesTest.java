package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.rpc.Code;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.aula.api.auth.v1.ResetPasswordRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// The pages that the links of emails open.
@Tag("fast")
class EmailPagesTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String TOKEN = "secret-token-of-a-letter-0123456789";

    @ParameterizedTest
    @ValueSource(strings = {"/verify-email", "/reset-password", "/waitlist-offer"})
    void aPageMayDoNothingButItsOwn(String path) throws Exception {
        var page = get(path + "?token=" + TOKEN);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "content-type")).startsWith("text/html");
        assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(page, "x-robots-tag")).contains("noindex");
        assertThat(header(page, "cache-control")).isEqualTo("no-store");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(page, "content-security-policy"))
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .contains("script-src '" + hash("script", page.body()) + "'")
                .contains("style-src '" + hash("style", page.body()) + "'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("://", TOKEN, "<script src", "onclick");
        assertThat(GATEWAY.requests()).as("opening a link uses nothing up").isEmpty();
    }

    @Test
    void theButtonConfirmsTheAddress() throws Exception {
        var seen = press("/verify-email?token=" + TOKEN);

        assertThat(seen.path("says").asText()).contains("is confirmed");
        assertThat(seen.path("formHidden").asBoolean()).isTrue();
        assertThat(TestGateway.texts(seen.path("replaced"))).containsExactly("/verify-email");
        assertThat(GATEWAY.request(VerifyEmailRequest.class).getToken()).isEqualTo(TOKEN);
    }

    @Test
    void theButtonSetsThePassword() throws Exception {
        var seen = press("/reset-password?token=" + TOKEN, "password=correct horse", "again=correct horse");

        assertThat(seen.path("says").asText()).contains("is set");
        var request = GATEWAY.request(ResetPasswordRequest.class);
        assertThat(request.getToken()).isEqualTo(TOKEN);
        assertThat(request.getNewPassword()).isEqualTo("correct horse");
    }

    @Test
    void passwordsThatDifferGoNowhere() throws Exception {
        var seen = press("/reset-password?token=" + TOKEN, "password=correct horse", "again=correct house");

        assertThat(seen.path("kind").asText()).isEqualTo("wrong");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/verify-email", "/reset-password"})
    void aLinkThatIsOverSaysSo(String path) throws Exception {
        GATEWAY.refuse(Refusal.of(Code.FAILED_PRECONDITION, "LINK_INVALID", Map.of()));

        var seen = press(path + "?token=" + TOKEN, "password=correct horse", "again=correct horse");

        assertThat(seen.path("says").asText()).contains("past its time");
        assertThat(seen.path("kind").asText()).isEqualTo("wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/verify-email", "/reset-password"})
    void whatIsAwayCanBeTriedAgain(String path) throws Exception {
        GATEWAY.refuse(Refusal.of(Code.UNAVAILABLE, "STORE_UNAVAILABLE", Map.of()));

        var seen = press(path + "?token=" + TOKEN, "password=correct horse", "again=correct horse");

        assertThat(seen.path("kind").asText()).isEqualTo("wrong");
        assertThat(seen.path("formHidden").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/verify-email", "/reset-password"})
    void withoutATokenThereIsNothingToPress(String path) throws Exception {
        var seen = press(path);

        assertThat(seen.path("says").asText()).contains("missing");
        assertThat(seen.path("formHidden").asBoolean()).isTrue();
        assertThat(GATEWAY.requests()).isEmpty();
    }

    @Test
    void theTokenIsNotLogged() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var ours = (Logger) LoggerFactory.getLogger("org.aula");
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        ours.setLevel(Level.ALL);
        try {
            GATEWAY.refuse(Refusal.of(Code.INTERNAL, "INTERNAL", Map.of()));
            press("/verify-email?token=" + TOKEN);
            get("/verify-email/none?token=" + TOKEN);
        } finally {
            root.detachAppender(log);
            ours.setLevel(null);
        }

        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getFormattedMessage() + List.of(event.getMDCPropertyMap()))
                        .doesNotContain(TOKEN));
    }

    private static JsonNode press(String path, String... fields) throws Exception {
        return Browser.press(GATEWAY, path, fields);
    }

    private static HttpResponse<String> get(String path) {
        return GATEWAY.send(
                HttpRequest.newBuilder(GATEWAY.address().resolve(path)).build());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String hash(String element, String html) throws Exception {
        var content = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(html);
        assertThat(content.find()).isTrue();
        var digest =
                MessageDigest.getInstance("SHA-256").digest(content.group(1).getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
