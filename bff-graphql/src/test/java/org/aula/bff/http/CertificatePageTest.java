package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.aula.api.enrollments.v1.CertificateStatus;
import org.aula.api.enrollments.v1.CertificateVerification;
import org.aula.api.enrollments.v1.VerifyCertificateRequest;
import org.aula.api.enrollments.v1.VerifyCertificateResponse;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The page to which a certificate's QR code leads.
@Tag("fast")
class CertificatePageTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final Timestamp TODAY =
            Timestamp.newBuilder().setSeconds(1_795_219_200L).build();

    @Test
    void anybodySeesThatACertificateHolds() throws Exception {
        certificate(certificate(CertificateStatus.CERTIFICATE_STATUS_VALID).setExpireTime(TODAY));

        var page = get("0000-0000-0000-0000");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("This certificate is valid", "Ada Lovelace", "Analysis", "21 November 2026", "Valid until")
                .doesNotContain("wrong\"");
        assertThat(GATEWAY.request(VerifyCertificateRequest.class).getNumber()).isEqualTo("0000-0000-0000-0000");
        assertThat(GATEWAY.headers()).noneMatch(headers -> headers.toString().contains("authorization"));
    }

    @Test
    void oneThatWasTakenBackOrIsOverIsNotCalledValid() {
        certificate(certificate(CertificateStatus.CERTIFICATE_STATUS_REVOKED).setRevokeTime(TODAY));
        assertThat(get("1").body())
                .contains("taken back on 21 November 2026")
                .doesNotContain("is valid", "Valid until");

        certificate(certificate(CertificateStatus.CERTIFICATE_STATUS_EXPIRED).setExpireTime(TODAY));
        assertThat(get("1").body())
                .contains("was valid until 21 November 2026")
                .doesNotContain("is valid", "Valid until");
    }

    @Test
    void namesAreTextAndNotMarkup() {
        certificate(certificate(CertificateStatus.CERTIFICATE_STATUS_VALID)
                .setLearnerName("<script>alert(1)</script>")
                .setCourseTitle("\" onload=\"x & <b>"));

        assertThat(get("1").body()).contains("&lt;script&gt;").doesNotContain("<script", "<b>", "\" onload");
    }

    @Test
    void anUnknownNumberIsNotFound() {
        for (var code : new Code[] {Code.NOT_FOUND, Code.INVALID_ARGUMENT}) {
            GATEWAY.refuse(Refusal.of(code, "CERTIFICATE_NOT_FOUND", Map.of()));

            var page = get("%3Cb%3Ex");

            assertThat(page.statusCode()).isEqualTo(404);
            assertThat(page.body()).contains("no certificate with this number").doesNotContain("<b>", "<dl>");
        }
    }

    @Test
    void whatCannotBeToldIsNotCalledUnknown() {
        GATEWAY.refuse(Refusal.of(Code.UNAVAILABLE, "STORE_UNAVAILABLE", Map.of()));

        var page = get("1");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("cannot be verified right now").doesNotContain("no certificate", "<dl>");
    }

    @Test
    void thePageMayDoNothing() throws Exception {
        certificate(certificate(CertificateStatus.CERTIFICATE_STATUS_VALID));

        var page = get("1");

        assertThat(header(page, "content-type")).startsWith("text/html");
        assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(page, "x-frame-options")).isEqualTo("DENY");
        assertThat(header(page, "cache-control")).isEqualTo("no-store");
        assertThat(header(page, "content-security-policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "style-src '" + hash(page.body()) + "'")
                .doesNotContain("unsafe", "script-src");
        assertThat(page.body()).doesNotContain("<script", "://");
    }

    private static CertificateVerification.Builder certificate(CertificateStatus status) {
        return CertificateVerification.newBuilder()
                .setNumber("0000-0000-0000-0000")
                .setStatus(status)
                .setLearnerName("Ada Lovelace")
                .setCourseTitle("Analysis")
                .setIssueTime(TODAY);
    }

    private static void certificate(CertificateVerification.Builder verification) {
        GATEWAY.answer(
                VerifyCertificateRequest.class,
                request -> VerifyCertificateResponse.newBuilder()
                        .setVerification(verification)
                        .build());
    }

    private static HttpResponse<String> get(String number) {
        return GATEWAY.send(HttpRequest.newBuilder(GATEWAY.address().resolve("/certificates/" + number))
                .build());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String hash(String html) throws Exception {
        var style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html);
        assertThat(style.find()).isTrue();
        var digest = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
