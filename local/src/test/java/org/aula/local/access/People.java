package org.aula.local.access;

import com.google.api.HttpBody;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.CreatePartnerRequest;
import org.aula.api.auth.v1.IssueTokenRequest;
import org.aula.api.auth.v1.OAuthServiceGrpc;
import org.aula.api.auth.v1.PartnerServiceGrpc;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.api.auth.v1.TokenPair;
import org.aula.kernel.testing.Await;
import org.jdbi.v3.core.Jdbi;

/// Everybody in the matrix. Only roles and states of accounts are given behind the back of the services: the
/// first administrator cannot come in by any call, and none makes an account unverified again.
final class People {

    private static final String PASSWORD = "correct horse battery";
    private static final String EVERYBODY = "student";
    private static final String AUTHOR = "instructor";

    private final Client client;
    private final Jdbi superuser;
    private final Map<String, Person> known = new HashMap<>();
    private final Map<String, String> formerTokens = new HashMap<>();

    People(Client client, Jdbi superuser) {
        this.client = client;
        this.superuser = superuser;
    }

    /// The one of this column who calls wherever nothing changes them.
    Person one(String column) {
        return known("one " + column, column);
    }

    /// Whose resources are somebody else's to all callers.
    Person stranger() {
        return known("stranger", AUTHOR);
    }

    /// Whose courses others are enrolled in.
    Person author() {
        return known("author", AUTHOR);
    }

    /// Who publishes courses and looks after people, and is never a caller of a cell.
    Person chief() {
        return known("chief", "admin");
    }

    /// Somebody new of this column.
    Person join(String column) {
        var email = UUID.randomUUID() + "@test.example";
        var registered = client.askAnonymously(
                AuthServiceGrpc.getRegisterMethod(), Map.of("email", email, "password", PASSWORD));
        var id = registered.getAccount().getId();
        awaitCompleted(registered.getRegistrationId());
        setStatus(id, "ACTIVE");
        var role = roleOf(column);
        if (!role.equals(EVERYBODY)) {
            give(id, role);
        }
        var verified = signIn(email);
        var tokens = verified;
        if (column.equals(Matrix.UNVERIFIED)) {
            setStatus(id, "PENDING_VERIFICATION");
            tokens = signIn(email);
        }
        return new Person(
                column,
                id,
                registered.getRegistrationId(),
                email,
                PASSWORD,
                tokens.getAccessToken(),
                tokens.getRefreshToken(),
                verified.getAccessToken());
    }

    private static String roleOf(String column) {
        return column.equals(Matrix.UNVERIFIED) ? AUTHOR : column;
    }

    /// A token with which a person can make what the matrix says is theirs, whatever their role: of the
    /// time when they were an instructor, which they are no more.
    String authorToken(Person person) {
        return token(person, AUTHOR);
    }

    /// The same, of the time when they had another role.
    String token(Person person, String role) {
        if (roleOf(person.column()).equals(role) || person.column().equals("admin")) {
            return person.makerToken();
        }
        return formerTokens.computeIfAbsent(role + " " + person.id(), ignored -> {
            give(person.id(), role);
            var tokens = signIn(person.email());
            take(person.id(), role);
            return tokens.getAccessToken();
        });
    }

    /// The token of a partner whose scopes are all that administrators may.
    String partnerToken() {
        return formerTokens.computeIfAbsent("partner", ignored -> {
            var chief = chief().makerToken();
            var permissions = superuser.withHandle(
                    handle -> handle.createQuery("SELECT permission FROM auth.role_permissions WHERE role = 'admin'")
                            .mapTo(String.class)
                            .list());
            var made = client.send(
                    chief,
                    PartnerServiceGrpc.getCreatePartnerMethod(),
                    CreatePartnerRequest.newBuilder()
                            .setRequestId(UUID.randomUUID().toString())
                            .setName("Library")
                            .addAllScopes(permissions)
                            .build());
            var answer = client.send(
                    chief,
                    OAuthServiceGrpc.getIssueTokenMethod(),
                    IssueTokenRequest.newBuilder()
                            .setAuthorization(basic(made.getPartner().getId(), made.getSecret()))
                            .setForm(HttpBody.newBuilder()
                                    .setContentType("application/x-www-form-urlencoded")
                                    .setData(ByteString.copyFromUtf8("grant_type=client_credentials")))
                            .build());
            return JsonParser.parseString(answer.getBody().getData().toStringUtf8())
                    .getAsJsonObject()
                    .get("access_token")
                    .getAsString();
        });
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /// Somebody of this column, the same each time.
    Person known(String name, String column) {
        return known.computeIfAbsent(name, ignored -> join(column));
    }

    private TokenPair signIn(String email) {
        var answer = client.askAnonymously(
                AuthServiceGrpc.getLoginMethod(), Map.of("identifier", email, "password", PASSWORD));
        return answer.getTokens();
    }

    private void awaitCompleted(String registrationId) {
        try {
            Await.until(
                    "the registration is complete",
                    () -> client.askAnonymously(
                                            AuthServiceGrpc.getGetRegistrationStateMethod(),
                                            Map.of("registration_id", registrationId))
                                    .getState()
                            == RegistrationState.REGISTRATION_STATE_COMPLETED);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void setStatus(String id, String status) {
        execute("UPDATE auth.accounts SET status = ? WHERE id = ?", status, UUID.fromString(id));
    }

    private void give(String id, String role) {
        execute("INSERT INTO auth.account_roles (account_id, role) VALUES (?, ?)", UUID.fromString(id), role);
    }

    private void take(String id, String role) {
        execute("DELETE FROM auth.account_roles WHERE account_id = ? AND role = ?", UUID.fromString(id), role);
    }

    private void execute(String sql, Object... values) {
        superuser.useHandle(handle -> handle.execute(sql, values));
    }
}
