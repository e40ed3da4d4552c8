package org.aula.bff.users;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Finding users.
final class UserQueries {

    /// Fields that are not in the user's row.
    static final List<String> BEYOND_THE_ROW = List.of("profile", "settings", "preferences", "missingParts");

    private UserQueries() {}

    static void addTo(Wiring wiring) {
        wiring.query(
                "user",
                environment -> user(GlobalId.requirePerson(Wiring.<String>required(environment, "id")), environment));
        wiring.page("users", UserServiceGrpc.getListUsersMethod());
        wiring.node("User", (id, environment) -> user(id.parts(1).getFirst(), environment));
    }

    private static CompletableFuture<@Nullable UserView> user(String id, DataFetchingEnvironment environment) {
        var selected = environment.getSelectionSet();
        return user(id, BEYOND_THE_ROW.stream().anyMatch(selected::contains), environment);
    }

    /// One user by one call; null if there is none that the caller may know of.
    ///
    /// @param whole whether more than the row is asked for
    static CompletableFuture<@Nullable UserView> user(String id, boolean whole, DataFetchingEnvironment environment) {
        if (whole) {
            return Wiring.orNull(Loader.FULL_USERS.load(environment, id).thenApply(UserView::whole));
        }
        return Wiring.orNull(Wiring.request(environment)
                .call(
                        UserServiceGrpc.getGetUserMethod(),
                        GetUserRequest.newBuilder().setUserId(id).build())
                .thenApply(answer -> UserView.alone(answer.getUser())));
    }
}
