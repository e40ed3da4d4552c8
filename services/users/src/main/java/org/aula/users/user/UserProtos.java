package org.aula.users.user;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.util.UUID;
import org.aula.api.users.v1.UserProfile;
import org.aula.api.users.v1.UserSettings;
import org.aula.api.users.v1.UserSummary;
import org.aula.kernel.time.Times;

/// Users as messages.
final class UserProtos {

    private UserProtos() {}

    static org.aula.api.users.v1.User toProto(User user) {
        return org.aula.api.users.v1.User.newBuilder()
                .setId(user.id().toString())
                .setFirstName(user.firstName())
                .setLastName(user.lastName())
                .setLanguageCode(user.languageCode())
                .setTimeZone(user.timeZone())
                .setAvatarUrl(user.avatarUrl())
                .setShortBio(user.shortBio())
                .setCreateTime(Times.timestamp(user.createdAt()))
                .setUpdateTime(Times.timestamp(user.updatedAt()))
                .setEtag(Long.toString(user.version()))
                .build();
    }

    static UserSummary toSummary(User user) {
        return UserSummary.newBuilder()
                .setId(user.id().toString())
                .setDisplayName(user.displayName())
                .setAvatarUrl(user.avatarUrl())
                .setShortBio(user.shortBio())
                .build();
    }

    static UserProfile toProto(UUID userId, Profile profile) {
        return UserProfile.newBuilder()
                .setUserId(userId.toString())
                .setBio(profile.bio())
                .setLocation(profile.location())
                .setCompany(profile.company())
                .setJobTitle(profile.jobTitle())
                .putAllLinks(profile.links())
                .build();
    }

    static UserSettings toSettings(UUID userId, String json) {
        var settings = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, settings);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("settings of " + userId + " are no JSON object", broken);
        }
        return UserSettings.newBuilder()
                .setUserId(userId.toString())
                .setSettings(settings)
                .build();
    }
}
