package org.aula.bff.http;

import com.google.protobuf.Timestamp;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.CertificateStatus;
import org.aula.api.enrollments.v1.CertificateVerification;
import org.aula.api.enrollments.v1.VerifyCertificateRequest;
import org.aula.kernel.client.Channels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The page to which a certificate's QR code leads: whether it holds, for anybody, without script. What it
/// shows is what `VerifyCertificate` tells everybody; the template escapes it.
@Controller
final class CertificatePage {

    private static final Logger LOG = LoggerFactory.getLogger(CertificatePage.class);
    private static final int TIMEOUT_SECONDS = 5;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Channels channels;
    private final Template template;
    private final String policy;

    CertificatePage(Channels channels) {
        this.channels = channels;
        var page = PageFile.read("certificate");
        this.template = Mustache.compiler().emptyStringIsFalse(true).compile(page.html());
        this.policy = "default-src 'none'; style-src '" + page.hash("style") + "'; img-src data:; base-uri 'none'; "
                + "form-action 'none'; frame-ancestors 'none'";
    }

    /// 404 when there is none of that number, 503 while that cannot be told.
    @Get(uri = "/certificates/{number}", produces = MediaType.TEXT_HTML)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> verify(String number) {
        try {
            var verification = CertificateServiceGrpc.newFutureStub(channels.channel("enrollments"))
                    .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .verifyCertificate(VerifyCertificateRequest.newBuilder()
                            .setNumber(number)
                            .build())
                    .get()
                    .getVerification();
            return answer(HttpStatus.OK, known(verification));
        } catch (ExecutionException refused) {
            return refused(refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("unavailable", true));
        }
    }

    private HttpResponse<byte[]> refused(@Nullable Throwable cause) {
        if (cause instanceof StatusRuntimeException refusal) {
            var code = refusal.getStatus().getCode();
            if (code == Code.NOT_FOUND || code == Code.INVALID_ARGUMENT) {
                return answer(HttpStatus.NOT_FOUND, Map.of("unknown", true));
            }
        }
        LOG.warn("a certificate could not be verified: {}", String.valueOf(cause));
        return answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("unavailable", true));
    }

    private static Map<String, Object> known(CertificateVerification verification) {
        var status = verification.getStatus();
        return Map.of(
                "known",
                true,
                "valid",
                status == CertificateStatus.CERTIFICATE_STATUS_VALID,
                "expired",
                status == CertificateStatus.CERTIFICATE_STATUS_EXPIRED,
                "revoked",
                status == CertificateStatus.CERTIFICATE_STATUS_REVOKED,
                "number",
                verification.getNumber(),
                "learner",
                verification.getLearnerName(),
                "course",
                verification.getCourseTitle(),
                "issued",
                day(verification.getIssueTime()),
                "expires",
                verification.hasExpireTime() ? day(verification.getExpireTime()) : "",
                "revokedOn",
                verification.hasRevokeTime() ? day(verification.getRevokeTime()) : "");
    }

    private HttpResponse<byte[]> answer(HttpStatus status, Map<String, Object> values) {
        var html = template.execute(new Missing(values)).getBytes(StandardCharsets.UTF_8);
        return HttpResponse.<byte[]>status(status)
                .body(html)
                .header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("content-security-policy", policy)
                .header("referrer-policy", "no-referrer")
                .header("x-content-type-options", "nosniff")
                .header("x-frame-options", "DENY")
                .header("x-robots-tag", "noindex, nofollow");
    }

    /// What is not said is false.
    private record Missing(Map<String, Object> values) implements Mustache.CustomContext {
        @Override
        public Object get(String name) {
            return values.getOrDefault(name, false);
        }
    }

    private static String day(Timestamp time) {
        return DAY.format(Instant.ofEpochSecond(time.getSeconds()));
    }
}
