package org.aula.bff.users;

import java.util.Map;
import org.aula.api.users.v1.UpdateUserPreferencesRequest;
import org.aula.api.users.v1.UpdateUserProfileRequest;
import org.aula.api.users.v1.UpdateUserSettingsRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Changing profiles, settings and preferences.
final class ProfileMutations {

    private ProfileMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "updateProfile",
                UpdateUserProfileRequest.getDefaultInstance(),
                ProfileMutations::profile,
                (request, message) -> request.users().updateUserProfile(message),
                answer -> Map.of("profile", answer.getProfile())));
        wiring.mutation(new Mutation<>(
                "updateSettings",
                UpdateUserSettingsRequest.getDefaultInstance(),
                ProfileMutations::settings,
                (request, message) -> request.users().updateUserSettings(message),
                answer -> Map.of("settings", answer.getSettings())));
        wiring.mutation(new Mutation<>(
                "updatePreferences",
                UpdateUserPreferencesRequest.getDefaultInstance(),
                input -> UpdateUserPreferencesRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setEtag(input.text("etag"))
                        .setUpdateMask(input.mask("userId", "etag"))
                        .setEmailNotifications(input.flag("emailNotifications"))
                        .setMarketingEmails(input.flag("marketingEmails"))
                        .setPushNotifications(input.flag("pushNotifications"))
                        .setCourseReminders(input.flag("courseReminders"))
                        .setWeeklyProgressEmail(input.flag("weeklyProgressEmail"))
                        .build(),
                (request, message) -> request.users().updateUserPreferences(message),
                answer -> Map.of("preferences", answer.getPreferences())));
    }

    private static UpdateUserProfileRequest profile(Input input) {
        var request = UpdateUserProfileRequest.newBuilder()
                .setUserId(input.person("userId"))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.mask("userId", "etag"))
                .setBio(input.text("bio"))
                .setLocation(input.text("location"))
                .setCompany(input.text("company"))
                .setJobTitle(input.text("jobTitle"))
                .setAddress(input.text("address"))
                .setCity(input.text("city"))
                .setCoverImageUrl(input.text("coverImageUrl"))
                .addAllExpertise(input.texts("expertise"))
                .setExperienceYears(input.number("experienceYears"));
        input.children("links").forEach(link -> request.putLinks(link.text("name"), link.text("url")));
        var preferences = input.json("preferences");
        if (preferences != null) {
            request.setPreferences(preferences);
        }
        return request.build();
    }

    private static UpdateUserSettingsRequest settings(Input input) {
        var request = UpdateUserSettingsRequest.newBuilder()
                .setUserId(input.person("userId"))
                .setEtag(input.text("etag"));
        var settings = input.json("settings");
        if (settings != null) {
            request.setSettings(settings);
        }
        return request.build();
    }
}
