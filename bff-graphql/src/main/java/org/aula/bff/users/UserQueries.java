package org.aula.bff.users;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.ListActivitiesRequest;
import org.aula.api.users.v1.ListUsersRequest;
import org.aula.api.users.v1.UserOrder;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.Filter;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
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
        wiring.query("users", UserQueries::users);
        wiring.node("User", UserQueries::user);
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
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.users()
                        .getUser(GetUserRequest.newBuilder().setUserId(id).build()))
                .thenApply(answer -> UserView.alone(answer.getUser())));
    }

    private static CompletableFuture<Map<String, Object>> users(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var filter = Filter.of(environment);
        var list = ListUsersRequest.newBuilder()
                .setOrderBy(Values.constant(UserOrder.class, Wiring.<String>required(environment, "orderBy")))
                .setText(filter.text("text"))
                .setRole(filter.text("role"))
                .setAccountStatus(filter.text("accountStatus"))
                .setDeleted(filter.flag("deleted"))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true);
        var from = filter.time("createdFrom");
        if (from != null) {
            list.setCreatedFrom(from);
        }
        var before = filter.time("createdBefore");
        if (before != null) {
            list.setCreatedBefore(before);
        }
        return request.answer(request.users().listUsers(list.build()))
                .thenApply(page -> Connections.of(
                        page.getUsersList().stream().map(UserView::listed).toList(),
                        page.getItemTokensList(),
                        page.getNextPageToken(),
                        after));
    }

    /// What a person did.
    static CompletableFuture<Map<String, Object>> activities(String userId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var action = Wiring.<String>argument(environment, "action");
        var list = ListActivitiesRequest.newBuilder()
                .setUserId(userId)
                .setAction(action == null ? "" : action)
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.users().listActivities(list))
                .thenApply(page -> Connections.of(
                        page.getActivitiesList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }
}
