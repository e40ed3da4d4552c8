package org.aula.bff.accounts;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.GetMeResponse;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.ListMyEnrollmentsRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserResponse;
import org.aula.api.users.v1.User;
import org.aula.api.users.v1.UserSummary;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Connections;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.enrollments.EnrollmentView;
import org.jspecify.annotations.Nullable;

/// People: the viewer, accounts, users.
public final class AccountFields implements Wiring.Part {

    /// The one who is signed in.
    ///
    /// @param userId as the token claims; the services verify it
    private record Viewer(String userId) {}

    @Override
    public void addTo(Wiring wiring) {
        wiring.query("viewer", AccountFields::viewer);
        wiring.type("Viewer", Viewer.class)
                .fetch("account", (viewer, environment) -> {
                    var request = Wiring.request(environment);
                    return request.answer(request.auth().getMe(GetMeRequest.getDefaultInstance()))
                            .thenApply(GetMeResponse::getAccount);
                })
                .fetch("user", (viewer, environment) -> Wiring.orNull(user(viewer.userId(), environment)))
                .fetch("enrollments", (viewer, environment) -> enrollments(environment))
                .fetch("courses", AccountFields::courses);
        addAccount(wiring);
        addUsers(wiring);
        AccountMutations.addTo(wiring);
    }

    private static void addAccount(Wiring wiring) {
        wiring.type("Account", Account.class)
                .value("id", account -> GlobalId.of("Account", account.getId()))
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
    }

    private static void addUsers(Wiring wiring) {
        wiring.type("User", User.class)
                .value("id", user -> GlobalId.of("User", user.getId()))
                .value("firstName", User::getFirstName)
                .value("lastName", User::getLastName)
                .value("displayName", user -> (user.getFirstName() + ' ' + user.getLastName()).strip())
                .value("languageCode", User::getLanguageCode)
                .value("timeZone", User::getTimeZone)
                .value("avatarUrl", user -> Values.text(user.getAvatarUrl()))
                .value("shortBio", user -> Values.text(user.getShortBio()))
                .value("createTime", user -> Values.time(user.getCreateTime()))
                .value("updateTime", user -> Values.time(user.getUpdateTime()));
        wiring.type("UserSummary", UserSummary.class)
                .value("id", user -> GlobalId.of("UserSummary", user.getId()))
                .value("displayName", UserSummary::getDisplayName)
                .value("avatarUrl", user -> Values.text(user.getAvatarUrl()))
                .value("shortBio", user -> Values.text(user.getShortBio()));
        wiring.node("User", (id, environment) -> Wiring.orNull(user(id, environment)));
        wiring.node("UserSummary", (id, environment) -> Loader.USER_SUMMARIES.load(environment, id));
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
        return new Viewer(userId);
    }

    private static CompletableFuture<User> user(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.users()
                        .getUser(GetUserRequest.newBuilder().setUserId(id).build()))
                .thenApply(GetUserResponse::getUser);
    }

    private static Object enrollments(DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var list = ListMyEnrollmentsRequest.newBuilder()
                .setStatus(Values.constant(EnrollmentStatus.class, Wiring.argument(environment, "status")))
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.enrollments().listMyEnrollments(list))
                .thenApply(page -> Connections.of(
                        page.getEnrollmentsList().stream()
                                .map(EnrollmentView::withoutLessons)
                                .toList(),
                        page.getItemTokensList(),
                        page.getNextPageToken(),
                        after));
    }

    private static Object courses(Viewer viewer, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var after = Wiring.<String>argument(environment, "after");
        var list = ListCoursesRequest.newBuilder()
                .setFilter(CourseFilter.newBuilder()
                        .setInstructorId(viewer.userId())
                        .setStatus(Values.constant(CourseStatus.class, Wiring.argument(environment, "status"))))
                .setOrderBy(CourseOrder.COURSE_ORDER_NEWEST)
                .setPageSize(Wiring.<Integer>required(environment, "first"))
                .setPageToken(after == null ? "" : after)
                .setWithItemTokens(true)
                .build();
        return request.answer(request.courses().listCourses(list))
                .<Map<String, Object>>thenApply(page -> Connections.of(
                        page.getCoursesList(), page.getItemTokensList(), page.getNextPageToken(), after));
    }
}
