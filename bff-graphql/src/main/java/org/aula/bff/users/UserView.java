package org.aula.bff.users;

import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.User;
import org.aula.api.users.v1.UserSummary;
import org.jspecify.annotations.Nullable;

/// A user, and how they were come by.
///
/// @param user the row
/// @param full everything, if it came along
/// @param alone whether the user is no part of a list, so that joining it needs no batch
public record UserView(User user, @Nullable FullUser full, boolean alone) {

    /// A user of a list.
    public static UserView listed(User user) {
        return new UserView(user, null, false);
    }

    /// A single user.
    public static UserView alone(User user) {
        return new UserView(user, null, true);
    }

    /// Everything about a single user.
    public static UserView whole(FullUser full) {
        return new UserView(full.getUser(), full, true);
    }

    /// What anyone may see of the user.
    UserSummary summary() {
        return UserSummary.newBuilder()
                .setId(user.getId())
                .setDisplayName((user.getFirstName() + ' ' + user.getLastName()).strip())
                .setAvatarUrl(user.getAvatarUrl())
                .setShortBio(user.getShortBio())
                .build();
    }

    /// The user's UUID.
    public String id() {
        return user.getId();
    }
}
