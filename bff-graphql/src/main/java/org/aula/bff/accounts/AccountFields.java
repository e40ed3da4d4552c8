package org.aula.bff.accounts;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.GetMeResponse;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.courses.CourseQueries;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;
import org.jspecify.annotations.Nullable;

/// Accounts, and the one who is signed in.
public final class AccountFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.query("viewer", AccountFields::viewer);
        wiring.find("registrationState", AuthServiceGrpc.getGetRegistrationStateMethod(), "registration_id");
        wiring.page("accounts", AccountServiceGrpc.getListAccountsMethod());
        wiring.type("Viewer", Viewer.class)
                .fetch(
                        "account",
                        (viewer, environment) -> Wiring.request(environment)
                                .call(AuthServiceGrpc.getGetMeMethod(), GetMeRequest.getDefaultInstance())
                                .thenApply(GetMeResponse::getAccount))
                .page("enrollments", EnrollmentServiceGrpc.getListMyEnrollmentsMethod())
                .fetch("courses", AccountFields::courses);
        wiring.type("Viewer", Viewer.class).id(Viewer::userId);
        wiring.node(
                "Viewer",
                (id, environment) -> id.parts(1)
                                .getFirst()
                                .equals(Wiring.request(environment).claimedUserId())
                        ? viewer(environment)
                        : null);
        wiring.type("Account", Account.class).load("user", Loader.USER_SUMMARIES, Account::getId);
        wiring.node("Account", AccountServiceGrpc.getGetAccountMethod(), "user_id");
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

    private static CompletableFuture<Map<String, Object>> courses(Viewer viewer, DataFetchingEnvironment environment) {
        var filter = CourseFilter.newBuilder()
                .setInstructorId(viewer.userId())
                .setStatus(Wiring.enumArgument(environment, "status", CourseStatus.class))
                .build();
        return CourseQueries.page(filter, CourseOrder.COURSE_ORDER_NEWEST, environment);
    }
}
