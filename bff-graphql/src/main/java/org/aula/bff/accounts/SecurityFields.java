package org.aula.bff.accounts;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.auth.v1.ConfirmTotpRequest;
import org.aula.api.auth.v1.DisableTotpRequest;
import org.aula.api.auth.v1.GetSecondFactorRequest;
import org.aula.api.auth.v1.GetSecondFactorResponse;
import org.aula.api.auth.v1.RegenerateRecoveryCodesRequest;
import org.aula.api.auth.v1.RemoveSecondFactorRequest;
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.api.auth.v1.SessionServiceGrpc;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Sessions and the second factor.
public final class SecurityFields implements Wiring.Part {

    private static final String FACTOR = "secondFactor";

    @Override
    public void addTo(Wiring wiring) {
        var sessions = SessionServiceGrpc.getListSessionsMethod();
        wiring.node("Session", SessionServiceGrpc.getGetSessionMethod(), "session_id");
        wiring.type("Viewer", Viewer.class)
                .call("sessions", sessions, "user_id", Viewer::userId)
                .fetch(FACTOR, (viewer, environment) -> factor(viewer.userId(), environment));
        wiring.type("User", UserView.class)
                .call("sessions", sessions, "user_id", UserView::id)
                .fetch(FACTOR, (user, environment) -> factor(user.id(), environment));
        wiring.type("SecondFactor", SecondFactorView.class)
                .of(GetSecondFactorResponse.class, SecondFactorView::factor)
                .id(SecondFactorView::userId);
        wiring.node("SecondFactor", (id, environment) -> factor(id.parts(1).getFirst(), environment));
        wiring.ofPayload(
                "ConfirmTotpPayload", FACTOR, ConfirmTotpRequest.class, (request, environment) -> mine(environment));
        wiring.ofPayload(
                "DisableTotpPayload", FACTOR, DisableTotpRequest.class, (request, environment) -> mine(environment));
        wiring.ofPayload(
                "RegenerateRecoveryCodesPayload",
                FACTOR,
                RegenerateRecoveryCodesRequest.class,
                (request, environment) -> mine(environment));
        wiring.ofPayload(
                "RemoveSecondFactorPayload",
                FACTOR,
                RemoveSecondFactorRequest.class,
                (request, environment) -> factor(request.getUserId(), environment));
    }

    private static @Nullable Object mine(DataFetchingEnvironment environment) {
        var userId = Wiring.request(environment).claimedUserId();
        return userId == null ? null : factor(userId, environment);
    }

    private static CompletableFuture<@Nullable SecondFactorView> factor(
            String userId, DataFetchingEnvironment environment) {
        return Wiring.orNull(Wiring.request(environment)
                .call(
                        SecondFactorServiceGrpc.getGetSecondFactorMethod(),
                        GetSecondFactorRequest.newBuilder().setUserId(userId).build())
                .thenApply(factor -> new SecondFactorView(userId, factor)));
    }
}
