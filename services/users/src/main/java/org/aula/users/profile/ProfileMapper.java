package org.aula.users.profile;

import java.util.List;
import java.util.Map;
import org.aula.api.users.v1.UpdateUserProfileRequest;
import org.aula.api.users.v1.UpdateUserSettingsRequest;
import org.aula.api.users.v1.UserProfile;
import org.aula.api.users.v1.UserSettings;
import org.aula.kernel.time.Times;
import org.aula.users.input.FreeJson;
import org.aula.users.input.Mask;
import org.jspecify.annotations.Nullable;

/// Profiles and settings to and from messages.
public final class ProfileMapper {

    private static final int MAX_BYTES = 16 * 1024;

    private ProfileMapper() {}

    public static UserProfile toProto(Profile profile) {
        var details = profile.details();
        return UserProfile.newBuilder()
                .setUserId(profile.userId().toString())
                .setBio(details.bio())
                .setLocation(details.location())
                .setCompany(details.company())
                .setJobTitle(details.jobTitle())
                .putAllLinks(details.links())
                .setAddress(details.address())
                .setCity(details.city())
                .setCoverImageUrl(details.coverImageUrl())
                .addAllExpertise(details.expertise())
                .setExperienceYears(details.experienceYears())
                .setPreferences(FreeJson.message(details.preferences()))
                .setUpdateTime(Times.timestamp(profile.updatedAt()))
                .setEtag(Long.toString(profile.version()))
                .build();
    }

    public static UserSettings toProto(Settings settings) {
        return UserSettings.newBuilder()
                .setUserId(settings.userId().toString())
                .setSettings(FreeJson.message(settings.values()))
                .setUpdateTime(Times.timestamp(settings.updatedAt()))
                .setEtag(Long.toString(settings.version()))
                .build();
    }

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT when they break their bounds
    public static Map<String, @Nullable Object> values(UpdateUserSettingsRequest request) {
        return FreeJson.read(request.getSettings(), "settings", MAX_BYTES);
    }

    /// What an update makes of a profile.
    ///
    /// @param preferences of the request, see [#preferences]
    public static ProfileDetails details(
            ProfileDetails before, UpdateUserProfileRequest request, Map<String, @Nullable Object> preferences) {
        var mask = Mask.of(request.getUpdateMask());
        return new ProfileDetails(
                mask.choose("bio", request::getBio, before.bio()),
                mask.choose("location", request::getLocation, before.location()),
                mask.choose("company", request::getCompany, before.company()),
                mask.choose("job_title", request::getJobTitle, before.jobTitle()),
                mask.choose("links", () -> Map.copyOf(request.getLinksMap()), before.links()),
                mask.choose("address", request::getAddress, before.address()),
                mask.choose("city", request::getCity, before.city()),
                mask.choose("cover_image_url", request::getCoverImageUrl, before.coverImageUrl()),
                mask.choose("expertise", () -> List.copyOf(request.getExpertiseList()), before.expertise()),
                mask.choose("experience_years", request::getExperienceYears, before.experienceYears()),
                mask.choose("preferences", () -> preferences, before.preferences()));
    }

    /// The free JSON of an update.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT when it breaks its bounds
    public static Map<String, @Nullable Object> preferences(UpdateUserProfileRequest request) {
        return FreeJson.read(request.getPreferences(), "preferences", MAX_BYTES);
    }
}
