package org.aula.auth;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.token.TokenVerifier;

/// Somebody who registered and signed in.
record Person(Visitor visitor, String id, String name, TokenPair tokens) {

    /// A newcomer with these permissions whose account is verified.
    static Person of(TestPlatform platform, String... permissions) {
        var visitor = Visitor.of(platform);
        var account = visitor.newcomer().getAccount();
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE auth.accounts SET status = 'ACTIVE' WHERE id = ?", UUID.fromString(account.getId())));
        for (var permission : permissions) {
            grant(platform, account.getId(), permission);
        }
        return new Person(
                visitor,
                account.getId(),
                account.getUsername(),
                visitor.login(account.getUsername(), Visitor.PASSWORD).getTokens());
    }

    /// A newcomer whose account is not verified.
    static Person unverified(TestPlatform platform) {
        var visitor = Visitor.of(platform);
        var login = visitor.newcomer();
        return new Person(
                visitor, login.getAccount().getId(), login.getAccount().getUsername(), login.getTokens());
    }

    private static void grant(TestPlatform platform, String id, String permission) {
        platform.superuser().useHandle(handle -> {
            handle.execute("INSERT INTO auth.permissions (name) VALUES (?) ON CONFLICT DO NOTHING", permission);
            handle.execute(
                    "INSERT INTO auth.account_permissions (account_id, permission, granted) VALUES (?, ?, true)",
                    UUID.fromString(id),
                    permission);
        });
    }

    /// A service as this person calls it.
    Channel channel(String service) {
        return visitor.platform().withToken(service, tokens.getAccessToken());
    }

    Channel channel() {
        return channel("auth");
    }

    /// The same person on another device.
    Person elsewhere() {
        return with(visitor.login(name, Visitor.PASSWORD).getTokens());
    }

    /// The same person in the same session with new tokens.
    Person refreshed() {
        return with(visitor.refresh(tokens.getRefreshToken()));
    }

    Person with(TokenPair others) {
        return new Person(visitor, id, name, others);
    }

    UUID uuid() {
        return UUID.fromString(id);
    }

    String session() {
        return claims(tokens).getClaim("sid").toString();
    }

    /// What auth says to the access token, and what every other service does, for which one that has
    /// nothing but the kernel stands: OK, or the reason of the refusal.
    List<String> reach() throws Exception {
        var platform = visitor.platform();
        var verifier = platform.bean("courses", TokenVerifier.class);
        return List.of(
                outcome(() -> AuthServiceGrpc.newBlockingStub(channel()).getMe(GetMeRequest.getDefaultInstance())),
                outcome(() -> {
                    try {
                        return verifier.verify(tokens.getAccessToken());
                    } catch (ServiceException refusal) {
                        throw StatusProto.toStatusRuntimeException(refusal.status());
                    }
                }));
    }

    /// OK, or the reason why a call was refused.
    static String outcome(Callable<?> call) throws Exception {
        try {
            var answer = call.call();
            return answer == null ? "nothing" : "OK";
        } catch (StatusRuntimeException refused) {
            return Refusal.of(() -> {
                        throw refused;
                    })
                    .reason();
        }
    }

    static JWTClaimsSet claims(TokenPair tokens) {
        try {
            return SignedJWT.parse(tokens.getAccessToken()).getJWTClaimsSet();
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String keyId(TokenPair tokens) {
        try {
            return SignedJWT.parse(tokens.getAccessToken()).getHeader().getKeyID();
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// What was published of one kind about a key, in order.
    static <E extends Message> List<E> published(TestPlatform platform, String key, Class<E> type) {
        return platform
                .superuser()
                .withHandle(handle -> handle.createQuery("SELECT envelope FROM auth.outbox WHERE key = ? ORDER BY id")
                        .bind(0, key)
                        .mapTo(byte[].class)
                        .list())
                .stream()
                .map(Person::envelope)
                .filter(envelope -> envelope.getPayload().is(type))
                .map(envelope -> payload(envelope, type))
                .toList();
    }

    /// The actions that the audit log holds of a resource, in order.
    static List<String> audited(TestPlatform platform, String resourceId) {
        return published(platform, resourceId, AuditRecorded.class).stream()
                .map(AuditRecorded::getAction)
                .toList();
    }

    private static EventEnvelope envelope(byte[] bytes) {
        try {
            return EventEnvelope.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static <E extends Message> E payload(EventEnvelope envelope, Class<E> type) {
        try {
            return envelope.getPayload().unpack(type);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
