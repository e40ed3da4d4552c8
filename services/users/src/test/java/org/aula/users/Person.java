package org.aula.users;

import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserServiceGrpc.UserServiceBlockingStub;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;

/// Somebody who registered and signed in.
///
/// @param token an access token
public record Person(TestPlatform platform, UUID id, String email, String token) {

    private static final String PASSWORD = "correct horse battery";

    /// Registers and signs in; the user follows by itself.
    public static Person registered(TestPlatform platform, String... roles) {
        var email = UUID.randomUUID() + "@test.example";
        var auth = AuthServiceGrpc.newBlockingStub(platform.anonymous("auth"));
        var account = auth.register(RegisterRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setEmail(email)
                        .setPassword(PASSWORD)
                        .setFirstName("Ada")
                        .setLastName("Lovelace")
                        .setLanguageCode("pt-BR")
                        .setTimeZone("Europe/Lisbon")
                        .build())
                .getAccount();
        var id = UUID.fromString(account.getId());
        for (var role : roles) {
            platform.superuser()
                    .useHandle(handle -> handle.createUpdate("INSERT INTO auth.account_roles VALUES (?, ?)")
                            .bind(0, id)
                            .bind(1, role)
                            .execute());
        }
        var tokens = auth.login(LoginRequest.newBuilder()
                        .setIdentifier(email)
                        .setPassword(PASSWORD)
                        .build())
                .getTokens();
        return new Person(platform, id, email, tokens.getAccessToken());
    }

    /// Registers, signs in and waits for the user.
    public static Person settled(TestPlatform platform, String... roles) throws Exception {
        var person = registered(platform, roles);
        Await.until("the user is there", person::hasRow);
        return person;
    }

    public boolean hasRow() {
        return count(platform, "SELECT count(*) FROM users.users WHERE id = :id", id) == 1;
    }

    /// What the database counts.
    ///
    /// @param sql with the one parameter `:id`
    public static int count(TestPlatform platform, String sql, Object id) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one());
    }

    public UserServiceBlockingStub users() {
        return UserServiceGrpc.newBlockingStub(platform.withToken("users", token));
    }
}
