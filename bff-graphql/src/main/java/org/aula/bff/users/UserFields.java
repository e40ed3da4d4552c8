package org.aula.bff.users;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.aula.api.auth.v1.GetAccountRequest;
import org.aula.api.auth.v1.GetAccountResponse;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.UserActivity;
import org.aula.api.users.v1.UserPreferences;
import org.aula.api.users.v1.UserProfile;
import org.aula.api.users.v1.UserSettings;
import org.aula.api.users.v1.UserSummary;
import org.aula.bff.backend.Loader;
import org.aula.bff.backend.PictureAddresses;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.RefusedException;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Users, their profiles, settings, preferences and history.
public final class UserFields implements Wiring.Part {

    /// An address elsewhere.
    private record ProfileLink(String name, String url) {}

    @Override
    public void addTo(Wiring wiring) {
        addUser(wiring);
        addJoins(wiring);
        addProfile(wiring);
        addParts(wiring);
        wiring.type("UserSummary", UserSummary.class)
                .value("id", user -> GlobalId.of("UserSummary", user.getId()))
                .value("displayName", UserSummary::getDisplayName)
                .fetch("avatarUrl", (user, environment) -> PictureAddresses.small(user.getAvatarUrl(), environment))
                .value("shortBio", user -> Values.text(user.getShortBio()));
        wiring.node("UserSummary", (id, environment) -> Loader.USER_SUMMARIES.load(environment, id));
        UserQueries.addTo(wiring);
        UserMutations.addTo(wiring);
        ProfileMutations.addTo(wiring);
    }

    private static void addUser(Wiring wiring) {
        wiring.type("User", UserView.class)
                .value("id", view -> GlobalId.of("User", view.user().getId()))
                .value("firstName", view -> view.user().getFirstName())
                .value("lastName", view -> view.user().getLastName())
                .value(
                        "displayName",
                        view -> (view.user().getFirstName() + ' ' + view.user().getLastName()).strip())
                .value("phone", view -> Values.text(view.user().getPhone()))
                .value("birthDate", view -> Values.day(view.user().getBirthDate()))
                .value("gender", view -> Values.name(view.user().getGender()))
                .value("languageCode", view -> view.user().getLanguageCode())
                .value("timeZone", view -> view.user().getTimeZone())
                .fetch(
                        "avatarUrl",
                        (view, environment) ->
                                PictureAddresses.small(view.user().getAvatarUrl(), environment))
                .value("avatarSource", view -> Values.text(view.user().getAvatarUrl()))
                .value("shortBio", view -> Values.text(view.user().getShortBio()))
                .value("createTime", view -> Values.time(view.user().getCreateTime()))
                .value("updateTime", view -> Values.time(view.user().getUpdateTime()))
                .value("deleteTime", view -> Values.time(view.user().getDeleteTime()))
                .value("etag", view -> view.user().getEtag())
                .value("missingParts", UserFields::missingParts);
    }

    private static void addJoins(Wiring wiring) {
        wiring.type("User", UserView.class)
                .fetch("account", UserFields::account)
                .fetch("profile", (view, environment) -> part(view, environment, UserFields::profile))
                .fetch("settings", (view, environment) -> part(view, environment, UserFields::settings))
                .fetch("preferences", (view, environment) -> part(view, environment, UserFields::preferences))
                .fetch(
                        "activities",
                        (view, environment) ->
                                UserQueries.activities(view.user().getId(), environment));
        wiring.type("Viewer", Viewer.class)
                .fetch("user", (viewer, environment) -> UserQueries.user(viewer.userId(), viewer.whole(), environment))
                .fetch("profile", (viewer, environment) -> part(viewer.userId(), environment, UserFields::profile))
                .fetch("settings", (viewer, environment) -> part(viewer.userId(), environment, UserFields::settings))
                .fetch(
                        "preferences",
                        (viewer, environment) -> part(viewer.userId(), environment, UserFields::preferences))
                .fetch("activities", (viewer, environment) -> UserQueries.activities(viewer.userId(), environment));
    }

    private static void addProfile(Wiring wiring) {
        wiring.type("UserProfile", UserProfile.class)
                .value("bio", profile -> Values.text(profile.getBio()))
                .value("location", profile -> Values.text(profile.getLocation()))
                .value("company", profile -> Values.text(profile.getCompany()))
                .value("jobTitle", profile -> Values.text(profile.getJobTitle()))
                .value("links", UserFields::links)
                .value("address", profile -> Values.text(profile.getAddress()))
                .value("city", profile -> Values.text(profile.getCity()))
                .fetch(
                        "coverImageUrl",
                        (profile, environment) -> PictureAddresses.full(profile.getCoverImageUrl(), environment))
                .value("coverImageSource", profile -> Values.text(profile.getCoverImageUrl()))
                .value("expertise", UserProfile::getExpertiseList)
                .value("experienceYears", UserProfile::getExperienceYears)
                .value("preferences", profile -> profile.hasPreferences() ? profile.getPreferences() : null)
                .value("updateTime", profile -> Values.time(profile.getUpdateTime()))
                .value("etag", UserProfile::getEtag);
        wiring.type("ProfileLink", ProfileLink.class)
                .value("name", ProfileLink::name)
                .value("url", ProfileLink::url);
    }

    private static void addParts(Wiring wiring) {
        wiring.type("UserSettings", UserSettings.class)
                .value("settings", UserSettings::getSettings)
                .value("updateTime", settings -> Values.time(settings.getUpdateTime()))
                .value("etag", UserSettings::getEtag);
        wiring.type("UserPreferences", UserPreferences.class)
                .value("emailNotifications", UserPreferences::getEmailNotifications)
                .value("marketingEmails", UserPreferences::getMarketingEmails)
                .value("pushNotifications", UserPreferences::getPushNotifications)
                .value("courseReminders", UserPreferences::getCourseReminders)
                .value("weeklyProgressEmail", UserPreferences::getWeeklyProgressEmail)
                .value("updateTime", preferences -> Values.time(preferences.getUpdateTime()))
                .value("etag", UserPreferences::getEtag);
        wiring.type("UserActivity", UserActivity.class)
                .value("id", activity -> GlobalId.of("UserActivity", activity.getId()))
                .value("action", UserActivity::getAction)
                .value("resourceType", activity -> Values.text(activity.getResourceType()))
                .value("resourceId", activity -> Values.text(activity.getResourceId()))
                .value("metadata", activity -> activity.hasMetadata() ? activity.getMetadata() : null)
                .value("ipAddress", activity -> Values.text(activity.getIpAddress()))
                .value("createTime", activity -> Values.time(activity.getCreateTime()));
    }

    /// One person may read their own account; many are for administrators.
    private static @Nullable Object account(UserView view, DataFetchingEnvironment environment) {
        if (!view.alone()) {
            return Loader.ACCOUNTS.load(environment, view.user().getId());
        }
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.accounts()
                        .getAccount(GetAccountRequest.newBuilder()
                                .setUserId(view.user().getId())
                                .build()))
                .thenApply(GetAccountResponse::getAccount));
    }

    private static @Nullable List<String> missingParts(UserView view) {
        var full = view.full();
        return full == null ? null : full.getMissingPartsList();
    }

    private static List<ProfileLink> links(UserProfile profile) {
        return profile.getLinksMap().entrySet().stream()
                .map(link -> new ProfileLink(link.getKey(), link.getValue()))
                .sorted(java.util.Comparator.comparing(ProfileLink::name))
                .toList();
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
