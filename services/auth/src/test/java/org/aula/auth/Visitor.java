package org.aula.auth;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.AuthServiceGrpc.AuthServiceBlockingStub;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.RefreshTokensRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.testing.TestPlatform;

/// Somebody who is not signed in, at an address of their own.
public record Visitor(TestPlatform platform, String address) {

    public static final String PASSWORD = "correct horse battery";

    public static Visitor of(TestPlatform platform) {
        var id = UUID.randomUUID();
        return new Visitor(
                platform,
                "10." + (id.getLeastSignificantBits() & 0xff) + "." + ((id.getLeastSignificantBits() >> 8) & 0xff) + "."
                        + ((id.getLeastSignificantBits() >> 16) & 0xff));
    }

    public static String uniqueName() {
        return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }

    /// A request that registers a person of this name.
    public static RegisterRequest.Builder registration(String name) {
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
    public <T> T value(Class<T> type, String sql, Object argument) {
        return platform.superuser()
                .withHandle(handle ->
                        handle.createQuery(sql).bind(0, argument).mapTo(type).one());
    }

    public AuthServiceBlockingStub stub() {
        return AuthServiceGrpc.newBlockingStub(here(platform.anonymous("auth")));
    }

    /// The accounts as somebody without a token calls them.
    public AccountServiceBlockingStub accounts() {
        return AccountServiceGrpc.newBlockingStub(here(platform.anonymous("auth")));
    }

    /// The accounts as whoever has this session calls them.
    public AccountServiceBlockingStub accounts(TokenPair tokens) {
        return AccountServiceGrpc.newBlockingStub(here(platform.withToken("auth", tokens.getAccessToken())));
    }

    private Channel here(Channel channel) {
        var headers = new Metadata();
        headers.put(CallHeaders.FORWARDED_FOR, "203.0.113.9, " + address);
        headers.put(CallHeaders.CLIENT_USER_AGENT, "Firefox/150");
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    public AuthServiceBlockingStub stub(TokenPair tokens) {
        return AuthServiceGrpc.newBlockingStub(platform.withToken("auth", tokens.getAccessToken()));
    }

    public LoginResponse login(String identifier, String password) {
        return stub().login(LoginRequest.newBuilder()
                .setIdentifier(identifier)
                .setPassword(password)
                .setDeviceName("Laptop")
                .build());
    }

    public TokenPair refresh(String refreshToken) {
        return stub().refreshTokens(RefreshTokensRequest.newBuilder()
                        .setRefreshToken(refreshToken)
                        .build())
                .getTokens();
    }

    /// Registers a person of a new name and signs them in.
    public LoginResponse newcomer() {
        var name = uniqueName();
        var ignored = stub().register(registration(name).build());
        return login(name, PASSWORD);
    }

    /// Has an account its address verified, as by the email.
    public void verify(String accountId) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE auth.accounts SET status = 'ACTIVE' WHERE id = ?", UUID.fromString(accountId)));
    }

    /// Registers a person, makes them an administrator and signs them in.
    public LoginResponse administrator() {
        var name = uniqueName();
        var account = stub().register(registration(name).build()).getAccount();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("INSERT INTO auth.account_roles VALUES (:id, 'admin')")
                        .bind("id", UUID.fromString(account.getId()))
                        .execute());
        return login(name, PASSWORD);
    }

    /// Names of the events that were written of an account, in order.
    public List<String> events(String accountId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT type FROM auth.outbox WHERE key = ? ORDER BY id")
                        .bind(0, accountId)
                        .mapTo(String.class)
                        .map(type -> type.substring(type.lastIndexOf('.') + 1))
                        .list());
    }

    /// The events of one kind that were written of an account, in order.
    public <E extends Message> List<E> events(String accountId, Class<E> type) {
        return platform
                .superuser()
                .withHandle(handle -> handle.createQuery("SELECT envelope FROM auth.outbox WHERE key = ? ORDER BY id")
                        .bind(0, accountId)
                        .mapTo(byte[].class)
                        .list())
                .stream()
                .map(Visitor::envelope)
                .filter(envelope -> envelope.getPayload().is(type))
                .map(envelope -> unpack(envelope, type))
                .toList();
    }

    private static EventEnvelope envelope(byte[] bytes) {
        try {
            return EventEnvelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }

    private static <E extends Message> E unpack(EventEnvelope envelope, Class<E> type) {
        try {
            return envelope.getPayload().unpack(type);
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }
}
