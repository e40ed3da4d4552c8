package org.aula.courses.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class HtmlPolicyTest {

    private static final String ASSET = "018f2f6e-7c1d-7000-8000-000000000001";

    @Test
    void keepsTextAndRemovesWhatRuns() {
        assertThat(HtmlPolicy.sanitize(
                        "<p onclick=\"x()\">Hi <b>you</b><script>x()</script><a href=\"javascript:x()\">link</a></p>"))
                .isEqualTo("<p>Hi <b>you</b>link</p>");
    }

    @Test
    void keepsAddressesOfOurOwn() {
        var html = "<img src=\"aula-asset:" + ASSET + "\" /><a href=\"aula-lesson:" + ASSET + "/page\">next</a>";
        assertThat(HtmlPolicy.sanitize(html))
                .contains("aula-asset:" + ASSET)
                .contains("aula-lesson:" + ASSET + "/page");
    }

    @Test
    void namesEachAssetOnce() {
        var html = HtmlPolicy.sanitize("<img src=\"aula-asset:" + ASSET + "\"><video poster=\"aula-asset:" + ASSET
                + "\" src=\"https://example.org/a.mp4\"></video> aula-asset:" + ASSET);
        assertThat(HtmlPolicy.assetIds(html)).containsExactly(UUID.fromString(ASSET));
    }
}
