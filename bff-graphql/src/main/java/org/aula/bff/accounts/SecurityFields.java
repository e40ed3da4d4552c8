package org.aula.bff.accounts;

import org.aula.api.auth.v1.GetSecondFactorResponse;
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.api.auth.v1.SessionServiceGrpc;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;

/// Sessions and the second factor.
public final class SecurityFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        var sessions = SessionServiceGrpc.getListSessionsMethod();
        var secondFactor = SecondFactorServiceGrpc.getGetSecondFactorMethod();
        wiring.type("Viewer", Viewer.class)
                .call("sessions", sessions, "user_id", Viewer::userId)
                .find("secondFactor", secondFactor, "user_id", Viewer::userId);
        wiring.type("User", UserView.class)
                .call("sessions", sessions, "user_id", UserView::id)
                .find("secondFactor", secondFactor, "user_id", UserView::id);
        wiring.type("SecondFactor", GetSecondFactorResponse.class);
    }
}
