package org.aula.bff.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.nio.charset.StandardCharsets;

/// The pages that the links of emails open, for platforms whose frontend has none of its own. They are the
/// same for everybody: what the address holds, a token or an id, is read by the page's script alone, which
/// posts it to `/graphql` when the person presses the button. The gateway neither reads nor logs it.
@Controller
final class EmailPages {

    /// A page and what it may do.
    ///
    /// @param html the page
    /// @param policy its Content-Security-Policy: its own style and script, calls to its own origin,
    ///     nothing else
    private record Page(byte[] html, String policy) {}

    private final Page verifyEmail = read("verify-email");
    private final Page resetPassword = read("reset-password");
    private final Page waitlistOffer = read("waitlist-offer");

    /// Confirms an address.
    @Get(uri = "/verify-email", produces = MediaType.TEXT_HTML)
    HttpResponse<byte[]> verifyEmail() {
        return answer(verifyEmail);
    }

    /// Sets a new password.
    @Get(uri = "/reset-password", produces = MediaType.TEXT_HTML)
    HttpResponse<byte[]> resetPassword() {
        return answer(resetPassword);
    }

    /// Takes a seat that is kept, by whoever signs in on it.
    @Get(uri = "/waitlist-offer", produces = MediaType.TEXT_HTML)
    HttpResponse<byte[]> waitlistOffer() {
        return answer(waitlistOffer);
    }

    private static HttpResponse<byte[]> answer(Page page) {
        return HttpResponse.ok(page.html())
                .header(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("content-security-policy", page.policy())
                .header("referrer-policy", "no-referrer")
                .header("x-content-type-options", "nosniff")
                .header("x-frame-options", "DENY")
                .header("x-robots-tag", "noindex, nofollow");
    }

    private static Page read(String name) {
        var page = PageFile.read(name);
        var policy = "default-src 'none'; script-src '%s'; style-src '%s'; img-src data:; connect-src 'self'; "
                        .formatted(page.hash("script"), page.hash("style"))
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new Page(page.html().getBytes(StandardCharsets.UTF_8), policy);
    }
}
