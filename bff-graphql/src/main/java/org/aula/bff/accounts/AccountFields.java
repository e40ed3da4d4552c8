package org.aula.bff.accounts;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.GetMeResponse;
import org.aula.api.auth.v1.GetRegistrationStateRequest;
import org.aula.api.auth.v1.ListAccountsRequest;
import org.aula.api.auth.v1.LoginChallenge;
import org.aula.api.auth.v1.TokenPair;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.Filter;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Accounts, and the one who is signed in.
public final class AccountFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.query("viewer", AccountFields::viewer);
        wiring.query("registrationState", AccountFields::registrationState);
        wiring.query("accounts", AccountFields::accounts);
        wiring.type("Viewer", Viewer.class)
                .fetch("account", (viewer, environment) -> {
                    var request = Wiring.request(environment);
                    return request.answer(request.auth().getMe(GetMeRequest.getDefaultInstance()))
                            .thenApply(GetMeResponse::getAccount);
                })
                .fetch("enrollments", (viewer, environment) -> ViewerLists.enrollments(environment))
                .fetch("courses", ViewerLists::courses);
        addAccount(wiring);
        VisitorMutations.addTo(wiring);
        AccountMutations.addTo(wiring);
    }

    private static void addAccount(Wiring wiring) {
        wiring.type("Account", Account.class)
                .value("id", account -> GlobalId.of("Account", account.getId()))
                .fetch("user", (account, environment) -> Loader.USER_SUMMARIES.load(environment, account.getId()))
                .value("email", Account::getEmail)
                .value("username", account -> Values.text(account.getUsername()))
                .value("status", account -> Values.name(account.getStatus()))
                .value("roles", Account::getRolesList)
                .value("permissions", Account::getPermissionsList)
                .value("createTime", account -> Values.time(account.getCreateTime()))
                .value("lastLoginTime", account -> Values.time(account.getLastLoginTime()));
        wiring.type("TokenPair", TokenPair.class)
                .value("accessToken", TokenPair::getAccessToken)
                .value("accessTokenExpireTime", tokens -> Values.time(tokens.getAccessTokenExpireTime()))
                .value("refreshToken", TokenPair::getRefreshToken)
                .value("refreshTokenExpireTime", tokens -> Values.time(tokens.getRefreshTokenExpireTime()));
        wiring.type("LoginChallenge", LoginChallenge.class)
                .value("challengeToken", LoginChallenge::getChallengeToken)
                .value("expireTime", challenge -> Values.time(challenge.getExpireTime()));
    }

    private static @Nullable Viewer viewer(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        if (!request.isSignedIn()) {
            return null;
        }
        var userId = request.claimedUserId();
        if (userId == null) {
            throw RefusedException.unauthenticated("TOKEN_INVALID", "the token cannot be read; sign in again");
        }
        return Viewer.of(userId, environment);
    }

    private static CompletableFuture<@Nullable String> registrationState(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var id = GlobalId.require(Wiring.<String>required(environment, "id"), "Registration");
        return Wiring.orNull(request.answer(request.auth()
                        .getRegistrationState(GetRegistrationStateRequest.newBuilder()
                                .setRegistrationId(id)
                                .build()))
                .thenApply(answer -> Values.name(answer.getState())));
    }

    private static CompletableFuture<Map<String, Object>> accounts(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var filter = Filter.of(environment);
        var list = ListAccountsRequest.newBuilder()
                .setStatus(filter.choice("status", AccountStatus.class))
                .setRole(filter.text("role"))
                .setPrefix(filter.text("prefix"))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.accounts().listAccounts(list))
                .thenApply(page -> Connections.of(
                        page.getAccountsList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }
}
