package org.aula.bff.users;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.GetAccountRequest;
import org.aula.api.auth.v1.GetAccountResponse;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.User;
import org.aula.api.users.v1.UserPreferences;
import org.aula.api.users.v1.UserProfile;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserSettings;
import org.aula.api.users.v1.UserSummary;
import org.aula.bff.backend.Loader;
import org.aula.bff.backend.PictureAddresses;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Users, their profiles, settings, preferences and history.
public final class UserFields implements Wiring.Part {

    private static final String USER_ID = "user_id";

    @Override
    public void addTo(Wiring wiring) {
        addUser(wiring);
        addViewer(wiring);
        wiring.type("UserProfile", UserProfile.class)
                .id(UserProfile::getUserId)
                .fetch(
                        "coverImageUrl",
                        (profile, environment) -> PictureAddresses.full(profile.getCoverImageUrl(), environment))
                .value("coverImageSource", profile -> Values.textOrNull(profile.getCoverImageUrl()));
        wiring.type("UserSummary", UserSummary.class)
                .fetch("avatarUrl", (user, environment) -> PictureAddresses.small(user.getAvatarUrl(), environment));
        wiring.node("UserSummary", Loader.USER_SUMMARIES);
        wiring.type("UserSettings", UserSettings.class).id(UserSettings::getUserId);
        wiring.node("UserSettings", UserServiceGrpc.getGetUserSettingsMethod(), USER_ID);
        wiring.type("UserPreferences", UserPreferences.class).id(UserPreferences::getUserId);
        wiring.node("UserPreferences", UserServiceGrpc.getGetUserPreferencesMethod(), USER_ID);
        wiring.node("UserProfile", UserServiceGrpc.getGetUserProfileMethod(), USER_ID);
        UserQueries.addTo(wiring);
        wiring.mutation("updateUser", UserServiceGrpc.getUpdateUserMethod())
                .payload("user", answer -> UserView.alone(answer.getUser()));
        wiring.mutation("restoreUser", UserServiceGrpc.getRestoreUserMethod())
                .payload("user", answer -> UserView.alone(answer.getUser()));
        wiring.mutation("updateProfile", UserServiceGrpc.getUpdateUserProfileMethod());
        wiring.mutation("updateSettings", UserServiceGrpc.getUpdateUserSettingsMethod());
        wiring.mutation("updatePreferences", UserServiceGrpc.getUpdateUserPreferencesMethod());
    }

    private static void addUser(Wiring wiring) {
        wiring.show(User.class, UserView::listed);
        wiring.type("User", UserView.class)
                .of(User.class, UserView::user)
                .value("summary", UserView::summary)
                .value("avatarSource", view -> Values.textOrNull(view.user().getAvatarUrl()))
                .value("missingParts", UserFields::missingParts)
                .fetch("account", UserFields::account)
                .fetch("profile", (view, environment) -> part(view, environment, UserFields::profile))
                .fetch("settings", (view, environment) -> part(view, environment, UserFields::settings))
                .fetch("preferences", (view, environment) -> part(view, environment, UserFields::preferences))
                .page("activities", UserServiceGrpc.getListActivitiesMethod(), USER_ID, UserView::id);
    }

    private static void addViewer(Wiring wiring) {
        wiring.type("Viewer", Viewer.class)
                .fetch("user", (viewer, environment) -> UserQueries.user(viewer.userId(), viewer.whole(), environment))
                .fetch("profile", (viewer, environment) -> part(viewer.userId(), environment, UserFields::profile))
                .fetch("settings", (viewer, environment) -> part(viewer.userId(), environment, UserFields::settings))
                .fetch(
                        "preferences",
                        (viewer, environment) -> part(viewer.userId(), environment, UserFields::preferences))
                .page("activities", UserServiceGrpc.getListActivitiesMethod(), USER_ID, Viewer::userId);
    }

    /// One person may read their own account; many are for administrators.
    private static @Nullable Object account(UserView view, DataFetchingEnvironment environment) {
        if (!view.alone()) {
            return Loader.ACCOUNTS.load(environment, view.user().getId());
        }
        return Wiring.orNull(Wiring.request(environment)
                .call(
                        AccountServiceGrpc.getGetAccountMethod(),
                        GetAccountRequest.newBuilder().setUserId(view.id()).build())
                .thenApply(GetAccountResponse::getAccount));
    }

    private static @Nullable List<String> missingParts(UserView view) {
        var full = view.full();
        return full == null ? null : full.getMissingPartsList();
    }

    private static <T> @Nullable Object part(
            UserView view, DataFetchingEnvironment environment, Function<FullUser, @Nullable T> read) {
        var full = view.full();
        return full == null ? part(view.user().getId(), environment, read) : read.apply(full);
    }

    private static <T> CompletableFuture<@Nullable T> part(
            String userId, DataFetchingEnvironment environment, Function<FullUser, @Nullable T> read) {
        return Wiring.orNull(Loader.FULL_USERS.load(environment, userId))
                .thenApply(full -> full == null ? null : read.apply(full));
    }

    private static @Nullable UserProfile profile(FullUser full) {
        return part(full, "profile", FullUser::hasProfile, FullUser::getProfile);
    }

    private static @Nullable UserSettings settings(FullUser full) {
        return part(full, "settings", FullUser::hasSettings, FullUser::getSettings);
    }

    private static @Nullable UserPreferences preferences(FullUser full) {
        return part(full, "preferences", FullUser::hasPreferences, FullUser::getPreferences);
    }

    /// @throws RefusedException UNAVAILABLE, if the part could not be read
    private static <T> @Nullable T part(
            FullUser full, String name, Predicate<FullUser> isThere, Function<FullUser, T> get) {
        if (full.getMissingPartsList().contains(name)) {
            throw RefusedException.unavailable(
                    "STORE_UNAVAILABLE", "the " + name + " cannot be read just now; try again soon");
        }
        return isThere.test(full) ? get.apply(full) : null;
    }
}
