package org.aula.users.user;

import io.grpc.stub.StreamObserver;
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
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.users.activity.Activities;
import org.aula.users.activity.ActivityMapper;
import org.aula.users.picture.Pictures;
import org.aula.users.preferences.PreferencesChange;
import org.aula.users.preferences.PreferencesMapper;
import org.aula.users.profile.ProfileMapper;
import org.aula.users.profile.Profiles;

/// `aula.users.v1.UserService`. A user owns what is theirs, so ownership is decided by the id alone, before
/// anything is read: nobody learns of strangers whether they exist.
@Singleton
final class UserGrpcService extends UserServiceGrpc.UserServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    /// Where a day begins first.
    private static final ZoneOffset EASTMOST = ZoneOffset.ofHours(14);

    private final CachedUsers cachedUsers;
    private final UserRepository users;
    private final UserListRepository list;
    private final UserChange change;
    private final UserRemoval removal;
    private final FullUsers fullUsers;
    private final Profiles profiles;
    private final PreferencesChange preferences;
    private final Activities activities;
    private final Pictures pictures;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;

    UserGrpcService(
            CachedUsers cachedUsers,
            UserRepository users,
            UserListRepository list,
            UserChange change,
            UserRemoval removal,
            FullUsers fullUsers,
            Profiles profiles,
            PreferencesChange preferences,
            Activities activities,
            Pictures pictures,
            Transactions transactions,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock) {
        this.cachedUsers = cachedUsers;
        this.users = users;
        this.list = list;
        this.change = change;
        this.removal = removal;
        this.fullUsers = fullUsers;
        this.profiles = profiles;
        this.preferences = preferences;
        this.activities = activities;
        this.pictures = pictures;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> observer) {
        var user = cachedUsers.require(owned(request.getUserId()));
        Replies.send(
                observer,
                GetUserResponse.newBuilder().setUser(UserMapper.toProto(user)).build());
    }

    @Override
    public void batchGetUsers(BatchGetUsersRequest request, StreamObserver<BatchGetUsersResponse> observer) {
        var ids = request.getUserIdsList().stream().map(UUID::fromString).toList();
        var found = transactions.read(handle -> users.findAll(handle, ids));
        var response = BatchGetUsersResponse.newBuilder();
        for (var id : ids) {
            var user = found.get(id);
            if (user == null) {
                response.addMissingIds(id.toString());
            } else {
                response.addUsers(UserMapper.toProto(user));
            }
        }
        Replies.send(observer, response.build());
    }

    @Override
    public void batchGetUserSummaries(
            BatchGetUserSummariesRequest request, StreamObserver<BatchGetUserSummariesResponse> observer) {
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
        Replies.send(observer, response.build());
    }

    @Override
    public void getFullUser(GetFullUserRequest request, StreamObserver<GetFullUserResponse> observer) {
        var full = fullUsers.read(owned(request.getUserId()));
        Replies.send(
                observer,
                GetFullUserResponse.newBuilder()
                        .setFullUser(UserMapper.toProto(full))
                        .build());
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new UserQuery(
                UserMapper.filter(request),
                UserMapper.order(request.getOrderBy()),
                tokens.open(request, request.getPageToken()).orElse(List.of()),
                size + 1);
        var rows = transactions.read(handle -> list.list(handle, query));
        var page = Page.of(rows, size, tokens, request, query.order()::sortKey, request.getWithItemTokens());
        Replies.send(
                observer,
                ListUsersResponse.newBuilder()
                        .addAllUsers(
                                page.items().stream().map(UserMapper::toProto).toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void updateUser(UpdateUserRequest request, StreamObserver<UpdateUserResponse> observer) {
        var id = owned(request.getUserId());
        var update = new UpdateMapper(request, LocalDate.ofInstant(clock.instant(), EASTMOST));
        if (!update.picture().isEmpty()) {
            var before = cachedUsers.require(id).details().avatarUrl();
            pictures.require(id, before, update.picture(), "avatar_url");
        }
        var user = change.describe(id, request.getEtag(), update::apply);
        Replies.send(
                observer,
                UpdateUserResponse.newBuilder()
                        .setUser(UserMapper.toProto(user))
                        .build());
    }

    @Override
    public void deleteUser(DeleteUserRequest request, StreamObserver<DeleteUserResponse> observer) {
        removal.delete(UUID.fromString(request.getUserId()), request.getEtag());
        Replies.send(observer, DeleteUserResponse.getDefaultInstance());
    }

    @Override
    public void restoreUser(RestoreUserRequest request, StreamObserver<RestoreUserResponse> observer) {
        var user = removal.restore(UUID.fromString(request.getUserId()));
        Replies.send(
                observer,
                RestoreUserResponse.newBuilder()
                        .setUser(UserMapper.toProto(user))
                        .build());
    }

    @Override
    public void getUserProfile(GetUserProfileRequest request, StreamObserver<GetUserProfileResponse> observer) {
        var profile = profiles.profile(existing(request.getUserId()));
        Replies.send(
                observer,
                GetUserProfileResponse.newBuilder()
                        .setProfile(ProfileMapper.toProto(profile))
                        .build());
    }

    @Override
    public void updateUserProfile(
            UpdateUserProfileRequest request, StreamObserver<UpdateUserProfileResponse> observer) {
        var id = owned(request.getUserId());
        var free = ProfileMapper.preferences(request);
        cachedUsers.require(id);
        var profile = profiles.describe(id, request.getEtag(), before -> {
            var after = ProfileMapper.details(before, request, free);
            pictures.require(id, before.coverImageUrl(), after.coverImageUrl(), "cover_image_url");
            return after;
        });
        Replies.send(
                observer,
                UpdateUserProfileResponse.newBuilder()
                        .setProfile(ProfileMapper.toProto(profile))
                        .build());
    }

    @Override
    public void getUserSettings(GetUserSettingsRequest request, StreamObserver<GetUserSettingsResponse> observer) {
        var settings = profiles.settings(existing(request.getUserId()));
        Replies.send(
                observer,
                GetUserSettingsResponse.newBuilder()
                        .setSettings(ProfileMapper.toProto(settings))
                        .build());
    }

    @Override
    public void updateUserSettings(
            UpdateUserSettingsRequest request, StreamObserver<UpdateUserSettingsResponse> observer) {
        var id = owned(request.getUserId());
        var values = ProfileMapper.values(request);
        cachedUsers.require(id);
        var settings = profiles.replaceSettings(id, request.getEtag(), values);
        Replies.send(
                observer,
                UpdateUserSettingsResponse.newBuilder()
                        .setSettings(ProfileMapper.toProto(settings))
                        .build());
    }

    @Override
    public void getUserPreferences(
            GetUserPreferencesRequest request, StreamObserver<GetUserPreferencesResponse> observer) {
        var found = preferences.get(owned(request.getUserId()));
        Replies.send(
                observer,
                GetUserPreferencesResponse.newBuilder()
                        .setPreferences(PreferencesMapper.toProto(found))
                        .build());
    }

    @Override
    public void updateUserPreferences(
            UpdateUserPreferencesRequest request, StreamObserver<UpdateUserPreferencesResponse> observer) {
        var changed = preferences.choose(
                owned(request.getUserId()), request.getEtag(), before -> PreferencesMapper.choices(before, request));
        Replies.send(
                observer,
                UpdateUserPreferencesResponse.newBuilder()
                        .setPreferences(PreferencesMapper.toProto(changed))
                        .build());
    }

    /// The activity is kept before the answer is, and found again by its request: so a slow MongoDB holds no
    /// connection to PostgreSQL, and a crash between both records nothing twice.
    @Override
    public void recordActivity(RecordActivityRequest request, StreamObserver<RecordActivityResponse> observer) {
        var activity = activities.record(UUID.fromString(request.getRequestId()), ActivityMapper.deed(request));
        var response = idempotency.run(
                request,
                RecordActivityResponse.parser(),
                handle -> RecordActivityResponse.newBuilder()
                        .setActivity(ActivityMapper.toProto(activity))
                        .build());
        Replies.send(observer, response);
    }

    @Override
    public void listActivities(ListActivitiesRequest request, StreamObserver<ListActivitiesResponse> observer) {
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
        Replies.send(
                observer,
                ListActivitiesResponse.newBuilder()
                        .addAllActivities(page.items().stream()
                                .map(ActivityMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
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
