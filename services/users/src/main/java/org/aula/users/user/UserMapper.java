package org.aula.users.user;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.LocalDate;
import java.util.UUID;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.ListUsersRequest;
import org.aula.api.users.v1.UserOrder;
import org.aula.api.users.v1.UserSummary;
import org.aula.kernel.time.Times;
import org.aula.users.preferences.PreferencesMapper;
import org.aula.users.profile.ProfileMapper;
import org.jspecify.annotations.Nullable;

/// Users as messages.
final class UserMapper {

    private UserMapper() {}

    static org.aula.api.users.v1.User toProto(User user) {
        var details = user.details();
        var message = org.aula.api.users.v1.User.newBuilder()
                .setId(user.id().toString())
                .setFirstName(details.firstName())
                .setLastName(details.lastName())
                .setPhone(details.phone())
                .setGender(toProto(details.gender()))
                .setLanguageCode(details.languageCode())
                .setTimeZone(details.timeZone())
                .setAvatarUrl(details.avatarUrl())
                .setShortBio(details.shortBio())
                .setCreateTime(Times.timestamp(user.createdAt()))
                .setUpdateTime(Times.timestamp(user.updatedAt()))
                .setEtag(Long.toString(user.version()));
        if (details.birthDate() != null) {
            message.setBirthDate(toProto(details.birthDate()));
        }
        if (user.deletedAt() != null) {
            message.setDeleteTime(Times.timestamp(user.deletedAt()));
        }
        return message.build();
    }

    static UserSummary toSummary(User user) {
        return UserSummary.newBuilder()
                .setId(user.id().toString())
                .setDisplayName(user.displayName())
                .setAvatarUrl(user.details().avatarUrl())
                .setShortBio(user.details().shortBio())
                .build();
    }

    static FullUser toProto(FullUsers.Full full) {
        var row = full.overview();
        var message = FullUser.newBuilder()
                .setUser(toProto(row.user()))
                .setPreferences(PreferencesMapper.toProto(row.preferences()))
                .addAllRoles(row.roles())
                .setAccountStatus(row.accountStatus())
                .addAllMissingParts(full.missingParts());
        full.profile().ifPresent(profile -> message.setProfile(ProfileMapper.toProto(profile)));
        full.settings().ifPresent(settings -> message.setSettings(ProfileMapper.toProto(settings)));
        return message.build();
    }

    static UserQuery.Filter filter(ListUsersRequest request) {
        return new UserQuery.Filter(
                request.getText().strip(),
                request.getRole(),
                request.getAccountStatus(),
                request.hasCreatedFrom() ? Times.instant(request.getCreatedFrom()) : null,
                request.hasCreatedBefore() ? Times.instant(request.getCreatedBefore()) : null,
                request.getDeleted());
    }

    static UserQuery.Order order(UserOrder order) {
        return switch (order) {
            case USER_ORDER_UNSPECIFIED, USER_ORDER_NEWEST, UNRECOGNIZED -> UserQuery.Order.NEWEST;
            case USER_ORDER_NAME -> UserQuery.Order.NAME;
        };
    }

    /// A user as the cache keeps it.
    static byte[] toBytes(User user) {
        return toProto(user).toByteArray();
    }

    /// A user that the cache kept.
    static User fromBytes(byte[] bytes) {
        try {
            return fromProto(org.aula.api.users.v1.User.parseFrom(bytes));
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept user does not parse", broken);
        }
    }

    private static User fromProto(org.aula.api.users.v1.User message) {
        return new User(
                UUID.fromString(message.getId()),
                new UserDetails(
                        message.getFirstName(),
                        message.getLastName(),
                        message.getPhone(),
                        message.hasBirthDate() ? fromProto(message.getBirthDate()) : null,
                        fromProto(message.getGender()),
                        message.getLanguageCode(),
                        message.getTimeZone(),
                        message.getAvatarUrl(),
                        message.getShortBio()),
                Long.parseLong(message.getEtag()),
                Times.instant(message.getCreateTime()),
                Times.instant(message.getUpdateTime()),
                message.hasDeleteTime() ? Times.instant(message.getDeleteTime()) : null);
    }

    static @Nullable Gender fromProto(org.aula.api.users.v1.Gender gender) {
        return switch (gender) {
            case GENDER_UNSPECIFIED, UNRECOGNIZED -> null;
            case GENDER_MALE -> Gender.MALE;
            case GENDER_FEMALE -> Gender.FEMALE;
            case GENDER_OTHER -> Gender.OTHER;
        };
    }

    private static org.aula.api.users.v1.Gender toProto(@Nullable Gender gender) {
        return switch (gender) {
            case null -> org.aula.api.users.v1.Gender.GENDER_UNSPECIFIED;
            case MALE -> org.aula.api.users.v1.Gender.GENDER_MALE;
            case FEMALE -> org.aula.api.users.v1.Gender.GENDER_FEMALE;
            case OTHER -> org.aula.api.users.v1.Gender.GENDER_OTHER;
        };
    }

    private static com.google.type.Date toProto(LocalDate date) {
        return com.google.type.Date.newBuilder()
                .setYear(date.getYear())
                .setMonth(date.getMonthValue())
                .setDay(date.getDayOfMonth())
                .build();
    }

    /// @throws java.time.DateTimeException when there is no such day
    static LocalDate fromProto(com.google.type.Date date) {
        return LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
    }
}
