package org.aula.users.user;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.BatchGetUserSummariesResponse;
import org.aula.api.users.v1.BatchGetUsersRequest;
import org.aula.api.users.v1.BatchGetUsersResponse;
import org.aula.api.users.v1.DeleteUserRequest;
import org.aula.api.users.v1.DeleteUserResponse;
import org.aula.api.users.v1.GetFullUserRequest;
import org.aula.api.users.v1.GetFullUserResponse;
import org.aula.api.users.v1.GetUserPreferencesRequest;
import org.aula.api.users.v1.GetUserPreferencesResponse;
import org.aula.api.users.v1.GetUserProfileRequest;
import org.aula.api.users.v1.GetUserProfileResponse;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserResponse;
import org.aula.api.users.v1.GetUserSettingsRequest;
import org.aula.api.users.v1.GetUserSettingsResponse;
import org.aula.api.users.v1.ListActivitiesRequest;
import org.aula.api.users.v1.ListActivitiesResponse;
import org.aula.api.users.v1.ListUsersRequest;
import org.aula.api.users.v1.ListUsersResponse;
import org.aula.api.users.v1.RecordActivityRequest;
import org.aula.api.users.v1.RecordActivityResponse;
import org.aula.api.users.v1.RestoreUserRequest;
import org.aula.api.users.v1.RestoreUserResponse;
import org.aula.api.users.v1.UpdateUserPreferencesRequest;
import org.aula.api.users.v1.UpdateUserPreferencesResponse;
import org.aula.api.users.v1.UpdateUserProfileRequest;
import org.aula.api.users.v1.UpdateUserProfileResponse;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.api.users.v1.UpdateUserResponse;
import org.aula.api.users.v1.UpdateUserSettingsRequest;
import org.aula.api.users.v1.UpdateUserSettingsResponse;
import org.aula.api.users.v1.UserServiceHandler;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.users.activity.Activities;
import org.aula.users.activity.ActivityMapper;
import org.aula.users.picture.Pictures;
import org.aula.users.preferences.PreferencesMapper;
import org.aula.users.preferences.PreferencesService;
import org.aula.users.profile.ProfileMapper;
import org.aula.users.profile.Profiles;

/// `aula.users.v1.UserService`. A user owns what is theirs, so ownership is decided by the id alone, before
/// anything is read: nobody learns of strangers whether they exist.
@Singleton
final class UserGrpcService extends UserServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    /// Where a day begins first.
    private static final ZoneOffset EASTMOST = ZoneOffset.ofHours(14);

    private final CachedUsers cachedUsers;
    private final UserService users;
    private final UserRemoval removal;
    private final FullUsers fullUsers;
    private final Profiles profiles;
    private final PreferencesService preferences;
    private final Activities activities;
    private final Pictures pictures;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;

    UserGrpcService(
            CachedUsers cachedUsers,
            UserService users,
            UserRemoval removal,
            FullUsers fullUsers,
            Profiles profiles,
            PreferencesService preferences,
            Activities activities,
            Pictures pictures,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock) {
        this.cachedUsers = cachedUsers;
        this.users = users;
        this.removal = removal;
        this.fullUsers = fullUsers;
        this.profiles = profiles;
        this.preferences = preferences;
        this.activities = activities;
        this.pictures = pictures;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected GetUserResponse getUser(GetUserRequest request) {
        var user = cachedUsers.require(owned(request.getUserId()));
        return GetUserResponse.newBuilder().setUser(UserMapper.toProto(user)).build();
    }

    @Override
    protected BatchGetUsersResponse batchGetUsers(BatchGetUsersRequest request) {
        var ids = request.getUserIdsList().stream().map(UUID::fromString).toList();
        var found = users.findAll(ids);
        var response = BatchGetUsersResponse.newBuilder();
        for (var id : ids) {
            var user = found.get(id);
            if (user == null) {
                response.addMissingIds(id.toString());
            } else {
                response.addUsers(UserMapper.toProto(user));
            }
        }
        return response.build();
    }

    @Override
    protected BatchGetUserSummariesResponse batchGetUserSummaries(BatchGetUserSummariesRequest request) {
        var ids = request.getUserIdsList().stream().map(UUID::fromString).toList();
        var found = cachedUsers.findAll(ids);
        var response = BatchGetUserSummariesResponse.newBuilder();
        for (var id : ids) {
            var user = found.get(id);
            if (user == null) {
                response.addMissingIds(id.toString());
            } else {
                response.addUsers(UserMapper.toSummary(user));
            }
        }
        return response.build();
    }

    @Override
    protected GetFullUserResponse getFullUser(GetFullUserRequest request) {
        var full = fullUsers.read(owned(request.getUserId()));
        return GetFullUserResponse.newBuilder()
                .setFullUser(UserMapper.toProto(full))
                .build();
    }

    @Override
    protected ListUsersResponse listUsers(ListUsersRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new UserQuery(
                UserMapper.filter(request),
                UserMapper.order(request.getOrderBy()),
                tokens.open(request, request.getPageToken()).orElse(List.of()),
                size + 1);
        var rows = users.list(query);
        var page = Page.of(rows, size, tokens, request, query.order()::sortKey, request.getWithItemTokens());
        return ListUsersResponse.newBuilder()
                .addAllUsers(page.items().stream().map(UserMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected UpdateUserResponse updateUser(UpdateUserRequest request) {
        var id = owned(request.getUserId());
        var update = new UpdateMapper(request, LocalDate.ofInstant(clock.instant(), EASTMOST));
        if (!update.picture().isEmpty()) {
            var before = cachedUsers.require(id).details().avatarUrl();
            pictures.require(id, before, update.picture(), "avatar_url");
        }
        var user = users.update(id, request.getEtag(), update::apply);
        return UpdateUserResponse.newBuilder().setUser(UserMapper.toProto(user)).build();
    }

    @Override
    protected DeleteUserResponse deleteUser(DeleteUserRequest request) {
        removal.delete(UUID.fromString(request.getUserId()), request.getEtag());
        return DeleteUserResponse.getDefaultInstance();
    }

    @Override
    protected RestoreUserResponse restoreUser(RestoreUserRequest request) {
        var user = removal.restore(UUID.fromString(request.getUserId()));
        return RestoreUserResponse.newBuilder()
                .setUser(UserMapper.toProto(user))
                .build();
    }

    @Override
    protected GetUserProfileResponse getUserProfile(GetUserProfileRequest request) {
        var profile = profiles.profile(existing(request.getUserId()));
        return GetUserProfileResponse.newBuilder()
                .setProfile(ProfileMapper.toProto(profile))
                .build();
    }

    @Override
    protected UpdateUserProfileResponse updateUserProfile(UpdateUserProfileRequest request) {
        var id = owned(request.getUserId());
        var free = ProfileMapper.preferences(request);
        cachedUsers.require(id);
        var profile = profiles.describe(id, request.getEtag(), before -> {
            var after = ProfileMapper.details(before, request, free);
            pictures.require(id, before.coverImageUrl(), after.coverImageUrl(), "cover_image_url");
            return after;
        });
        return UpdateUserProfileResponse.newBuilder()
                .setProfile(ProfileMapper.toProto(profile))
                .build();
    }

    @Override
    protected GetUserSettingsResponse getUserSettings(GetUserSettingsRequest request) {
        var settings = profiles.settings(existing(request.getUserId()));
        return GetUserSettingsResponse.newBuilder()
                .setSettings(ProfileMapper.toProto(settings))
                .build();
    }

    @Override
    protected UpdateUserSettingsResponse updateUserSettings(UpdateUserSettingsRequest request) {
        var id = owned(request.getUserId());
        var values = ProfileMapper.values(request);
        cachedUsers.require(id);
        var settings = profiles.replaceSettings(id, request.getEtag(), values);
        return UpdateUserSettingsResponse.newBuilder()
                .setSettings(ProfileMapper.toProto(settings))
                .build();
    }

    @Override
    protected GetUserPreferencesResponse getUserPreferences(GetUserPreferencesRequest request) {
        var found = preferences.get(owned(request.getUserId()));
        return GetUserPreferencesResponse.newBuilder()
                .setPreferences(PreferencesMapper.toProto(found))
                .build();
    }

    @Override
    protected UpdateUserPreferencesResponse updateUserPreferences(UpdateUserPreferencesRequest request) {
        var changed = preferences.update(
                owned(request.getUserId()), request.getEtag(), before -> PreferencesMapper.choices(before, request));
        return UpdateUserPreferencesResponse.newBuilder()
                .setPreferences(PreferencesMapper.toProto(changed))
                .build();
    }

    /// The activity is kept before the answer is, and found again by its request: so a slow MongoDB holds no
    /// connection to PostgreSQL, and a crash between both records nothing twice.
    @Override
    protected RecordActivityResponse recordActivity(RecordActivityRequest request) {
        var activity = activities.record(UUID.fromString(request.getRequestId()), ActivityMapper.deed(request));
        return idempotency.run(
                request,
                RecordActivityResponse.parser(),
                () -> RecordActivityResponse.newBuilder()
                        .setActivity(ActivityMapper.toProto(activity))
                        .build());
    }

    @Override
    protected ListActivitiesResponse listActivities(ListActivitiesRequest request) {
        var id = owned(request.getUserId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = activities.list(id, request.getAction(), after, size + 1);
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                activity -> List.of(activity.id().toString()),
                request.getWithItemTokens());
        return ListActivitiesResponse.newBuilder()
                .addAllActivities(
                        page.items().stream().map(ActivityMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    /// The id of a user that the caller may see or change.
    private static UUID owned(String userId) {
        var id = UUID.fromString(userId);
        CallScope.current().requireOwner(id);
        return id;
    }

    /// As [#owned], of a living user.
    private UUID existing(String userId) {
        var id = owned(userId);
        cachedUsers.require(id);
        return id;
    }
}
