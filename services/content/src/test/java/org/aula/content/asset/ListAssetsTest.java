package org.aula.content.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.content.asset.ContentCalls.announcing;
import static org.aula.content.asset.ContentCalls.text;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetKind;
import org.aula.api.content.v1.ListAssetsRequest;
import org.aula.api.content.v1.ListAssetsResponse;
import org.aula.content.file.Samples;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ListAssetsTest {

    private static final byte[] BYTES = text("words");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("content");

    private TestUser author;
    private ContentCalls calls;

    @BeforeEach
    void visit() {
        author = platform.user("content:create");
        calls = ContentCalls.as(platform, author);
    }

    @Test
    void all_of_a_user_come_page_by_page_the_latest_first() throws Exception {
        var made = new ArrayList<String>();
        for (var count = 0; count < 7; count++) {
            made.add(calls.create(announcing(BYTES)).getAsset().getId());
        }
        ContentCalls.as(platform, platform.user("content:create")).create(announcing(BYTES));

        var seen = new ArrayList<String>();
        var token = "";
        do {
            var page = list(calls, request().setPageSize(3).setPageToken(token));
            page.getAssetsList().stream().map(Asset::getId).forEach(seen::add);
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        assertThat(seen).isEqualTo(made.reversed());
        var withTokens = list(calls, request().setPageSize(4).setWithItemTokens(true));
        assertThat(withTokens.getItemTokensCount()).isEqualTo(4);
        assertThat(list(calls, request().setPageToken(withTokens.getItemTokens(1)))
                        .getAssetsList())
                .extracting(Asset::getId)
                .isEqualTo(made.reversed().subList(2, 7));
        // Documents only: whatever the page's size, PostgreSQL is not asked.
        for (var size : List.of(1, 100)) {
            assertThat(platform.statements(
                            "content", () -> list(calls, request().setPageSize(size))))
                    .isZero();
        }
    }

    @Test
    void by_kind_and_by_course() throws Exception {
        var course = UuidCreator.getTimeOrderedEpoch().toString();
        var pixels = Samples.png(3, 3);
        var words = calls.upload(BYTES, announcing(BYTES).setCourseId(course));
        var picture = calls.upload(pixels, announcing(pixels).setMediaType("image/png"));

        assertThat(list(calls, request().setKind(AssetKind.ASSET_KIND_IMAGE)).getAssetsList())
                .extracting(Asset::getId)
                .containsExactly(picture.getId());
        assertThat(list(calls, request().setCourseId(course)).getAssetsList())
                .extracting(Asset::getId)
                .containsExactly(words.getId());
        assertThat(list(calls, request().setCourseId(course).setKind(AssetKind.ASSET_KIND_IMAGE))
                        .getAssetsList())
                .isEmpty();
    }

    @Test
    void only_the_user_and_those_who_write_all_content_see_it() throws Exception {
        var asset = calls.create(announcing(BYTES)).getAsset();

        assertThat(list(ContentCalls.as(platform, platform.user("content:write")), request())
                        .getAssetsList())
                .extracting(Asset::getId)
                .containsExactly(asset.getId());
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> list(ContentCalls.as(platform, platform.user("content:create")), request()));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> list(ContentCalls.asVisitor(platform), request()));
    }

    @Test
    void a_token_belongs_to_its_list_and_caller() throws Exception {
        for (var count = 0; count < 3; count++) {
            calls.create(announcing(BYTES));
        }
        var token = list(calls, request().setPageSize(1)).getNextPageToken();

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> list(calls, request().setKind(AssetKind.ASSET_KIND_IMAGE).setPageToken(token)),
                () -> list(calls, request().setPageToken("A" + token)),
                () -> list(
                        ContentCalls.as(platform, platform.user("content:write")),
                        request().setPageToken(token)))) {
            var refusal = Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID, call);
            assertThat(refusal.fields()).containsExactly("page_token");
        }
    }

    private ListAssetsRequest.Builder request() {
        return ListAssetsRequest.newBuilder().setUserId(author.id().toString());
    }

    private static ListAssetsResponse list(ContentCalls calls, ListAssetsRequest.Builder request) {
        return calls.stub().listAssets(request.build());
    }
}
