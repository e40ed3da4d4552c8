package org.aula.auth;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.AuthServiceGrpc.AuthServiceBlockingStub;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.RefreshTokensRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.TokenPair;
import org.aula.kernel.server.CallHeaders;
import org.aula.kernel.testing.TestPlatform;

/// Somebody who is not signed in, at an address of their own.
record Visitor(TestPlatform platform, String address) {

    static final String PASSWORD = "correct horse battery";

    static Visitor of(TestPlatform platform) {
        var id = UUID.randomUUID();
        return new Visitor(
                platform,
                "10." + (id.getLeastSignificantBits() & 0xff) + "." + ((id.getLeastSignificantBits() >> 8) & 0xff) + "."
                        + ((id.getLeastSignificantBits() >> 16) & 0xff));
    }

    static String uniqueName() {
        return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }

    /// A request that registers a person of this name.
    static RegisterRequest.Builder registration(String name) {
        return RegisterRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEmail(name + "@Test.example")
                .setUsername(name)
                .setPassword(PASSWORD)
                .setFirstName("Ada")
                .setLastName("Lovelace")
                .setLanguageCode("pt-BR")
                .setTimeZone("Europe/Lisbon");
    }

    /// The one value that the database gives.
    <T> T value(Class<T> type, String sql, Object argument) {
        return platform.superuser()
                .withHandle(handle ->
                        handle.createQuery(sql).bind(0, argument).mapTo(type).one());
    }

    AuthServiceBlockingStub stub() {
        var headers = new Metadata();
        headers.put(CallHeaders.FORWARDED_FOR, "203.0.113.9, " + address);
        headers.put(CallHeaders.CLIENT_USER_AGENT, "Firefox/150");
        return AuthServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    AuthServiceBlockingStub stub(TokenPair tokens) {
        return AuthServiceGrpc.newBlockingStub(platform.withToken("auth", tokens.getAccessToken()));
    }

    LoginResponse login(String identifier, String password) {
        return stub().login(LoginRequest.newBuilder()
                .setIdentifier(identifier)
                .setPassword(password)
                .setDeviceName("Laptop")
                .build());
    }

    TokenPair refresh(String refreshToken) {
        return stub().refreshTokens(RefreshTokensRequest.newBuilder()
                        .setRefreshToken(refreshToken)
                        .build())
                .getTokens();
    }

    /// Registers a person of a new name and signs them in.
    LoginResponse newcomer() {
        var name = uniqueName();
        var ignored = stub().register(registration(name).build());
        return login(name, PASSWORD);
    }
}
