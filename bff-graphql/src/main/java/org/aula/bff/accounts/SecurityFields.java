package org.aula.bff.accounts;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.aula.api.auth.v1.GetSecondFactorRequest;
import org.aula.api.auth.v1.GetSecondFactorResponse;
import org.aula.api.auth.v1.ListSessionsRequest;
import org.aula.api.auth.v1.ListSessionsResponse;
import org.aula.api.auth.v1.Session;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Sessions and the second factor.
public final class SecurityFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Viewer", Viewer.class)
                .fetch("sessions", (viewer, environment) -> sessions(viewer.userId(), environment))
                .fetch("secondFactor", (viewer, environment) -> secondFactor(viewer.userId(), environment));
        wiring.type("User", UserView.class)
                .fetch("sessions", (view, environment) -> sessions(view.user().getId(), environment))
                .fetch(
                        "secondFactor",
                        (view, environment) -> secondFactor(view.user().getId(), environment));
        wiring.type("Session", Session.class)
                .value("id", session -> GlobalId.of("Session", session.getId()))
                .value("deviceName", session -> Values.text(session.getDeviceName()))
                .value("ipAddress", session -> Values.text(session.getIpAddress()))
                .value("userAgent", session -> Values.text(session.getUserAgent()))
                .value("current", Session::getCurrent)
                .value("createTime", session -> Values.time(session.getCreateTime()))
                .value("lastRefreshTime", session -> Values.time(session.getLastRefreshTime()))
                .value("expireTime", session -> Values.time(session.getExpireTime()));
        wiring.type("SecondFactor", GetSecondFactorResponse.class)
                .value("active", GetSecondFactorResponse::getActive)
                .value("activeTime", factor -> Values.time(factor.getActiveTime()))
                .value("recoveryCodesLeft", GetSecondFactorResponse::getRecoveryCodesLeft);
        SecurityMutations.addTo(wiring);
    }

    private static CompletableFuture<List<Session>> sessions(String userId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.sessions()
                        .listSessions(ListSessionsRequest.newBuilder()
                                .setUserId(userId)
                                .build()))
                .thenApply(ListSessionsResponse::getSessionsList);
    }

    private static CompletableFuture<@Nullable GetSecondFactorResponse> secondFactor(
            String userId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.secondFactors()
                .getSecondFactor(
                        GetSecondFactorRequest.newBuilder().setUserId(userId).build())));
    }
}
