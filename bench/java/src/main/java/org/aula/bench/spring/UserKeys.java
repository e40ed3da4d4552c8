package org.aula.bench.spring;

import com.nimbusds.jose.jwk.JWKSet;
import io.grpc.ManagedChannelBuilder;
import java.text.ParseException;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetJwksRequest;

/// The keys that verify users' tokens, from the service that signs them.
final class UserKeys {

    private UserKeys() {}

    static JWKSet ask(int port) {
        var channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            var answer = AuthServiceGrpc.newBlockingStub(channel).getJwks(GetJwksRequest.getDefaultInstance());
            return JWKSet.parse(answer.getJwksJson());
        } catch (ParseException broken) {
            throw new IllegalStateException("auth gave keys that do not parse", broken);
        } finally {
            channel.shutdownNow();
        }
    }
}
