package org.aula.auth.partner;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.inject.Singleton;
import java.util.Map;
import org.aula.api.auth.v1.GetServerMetadataRequest;
import org.aula.api.auth.v1.GetServerMetadataResponse;
import org.aula.api.auth.v1.IssueTokenRequest;
import org.aula.api.auth.v1.IssueTokenResponse;
import org.aula.api.auth.v1.OAuthServiceHandler;
import org.aula.kernel.settings.Settings;

/// `aula.auth.v1.OAuthService`.
@Singleton
final class OAuthGrpcService extends OAuthServiceHandler {

    private final PartnerTokens tokens;
    private final Settings settings;

    OAuthGrpcService(PartnerTokens tokens, Settings settings) {
        this.tokens = tokens;
        this.settings = settings;
    }

    @Override
    protected IssueTokenResponse issueToken(IssueTokenRequest request) {
        try {
            var form = TokenForm.read(
                    request.getForm().getContentType(),
                    request.getForm().getData().toStringUtf8());
            var issued = tokens.issue(request.getAuthorization(), form);
            return answer(
                            200,
                            Map.of(
                                    "access_token", issued.token(),
                                    "token_type", "Bearer",
                                    "expires_in", issued.life().toSeconds(),
                                    "scope", String.join(" ", issued.scopes())))
                    .build();
        } catch (OAuthException refused) {
            var answer = answer(
                    refused.status(),
                    Map.of("error", refused.error(), "error_description", String.valueOf(refused.getMessage())));
            return refused.status() == 401
                    ? answer.setWwwAuthenticate("Basic realm=\"aula\"").build()
                    : answer.build();
        }
    }

    @Override
    protected GetServerMetadataResponse getServerMetadata(GetServerMetadataRequest request) {
        return GetServerMetadataResponse.newBuilder()
                .setStatus(200)
                .setBody(json(ServerMetadata.of(settings.publicUrl())))
                .setCacheControl("public, max-age=3600")
                .build();
    }

    private static IssueTokenResponse.Builder answer(int status, Map<String, Object> body) {
        return IssueTokenResponse.newBuilder()
                .setStatus(status)
                .setBody(json(body))
                .setCacheControl("no-store");
    }

    private static HttpBody json(Map<String, Object> content) {
        return HttpBody.newBuilder()
                .setContentType("application/json")
                .setData(ByteString.copyFromUtf8(JSONObjectUtils.toJSONString(content)))
                .build();
    }
}
