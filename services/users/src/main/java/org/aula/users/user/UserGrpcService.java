package org.aula.users.user;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.BatchGetUserSummariesResponse;
import org.aula.api.users.v1.BatchGetUsersRequest;
import org.aula.api.users.v1.BatchGetUsersResponse;
import org.aula.api.users.v1.ErrorReason;
import org.aula.api.users.v1.GetUserProfileRequest;
import org.aula.api.users.v1.GetUserProfileResponse;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserResponse;
import org.aula.api.users.v1.GetUserSettingsRequest;
import org.aula.api.users.v1.GetUserSettingsResponse;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.kernel.error.Errors;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// `aula.users.v1.UserService`. A user owns what is theirs, so ownership is decided by the id
/// alone, before anything is read: nobody learns of strangers whether they exist.
@Singleton
final class UserGrpcService extends UserServiceGrpc.UserServiceImplBase {

    private final Transactions transactions;
    private final UserRepository users;
    private final ProfileStore profiles;

    UserGrpcService(Transactions transactions, UserRepository users, ProfileStore profiles) {
        this.transactions = transactions;
        this.users = users;
        this.profiles = profiles;
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> observer) {
        var user = owned(request.getUserId());
        Replies.send(
                observer,
                GetUserResponse.newBuilder().setUser(UserProtos.toProto(user)).build());
    }

    @Override
    public void batchGetUsers(BatchGetUsersRequest request, StreamObserver<BatchGetUsersResponse> observer) {
        var found = findAll(request.getUserIdsList());
        var response = BatchGetUsersResponse.newBuilder();
        for (var id : request.getUserIdsList()) {
            var user = found.get(UUID.fromString(id));
            if (user == null) {
                response.addMissingIds(id);
            } else {
                response.addUsers(UserProtos.toProto(user));
            }
        }
        Replies.send(observer, response.build());
    }

    @Override
    public void batchGetUserSummaries(
            BatchGetUserSummariesRequest request, StreamObserver<BatchGetUserSummariesResponse> observer) {
        var found = findAll(request.getUserIdsList());
        var response = BatchGetUserSummariesResponse.newBuilder();
        for (var id : request.getUserIdsList()) {
            var user = found.get(UUID.fromString(id));
            if (user == null) {
                response.addMissingIds(id);
            } else {
                response.addUsers(UserProtos.toSummary(user));
            }
        }
        Replies.send(observer, response.build());
    }

    @Override
    public void getUserProfile(GetUserProfileRequest request, StreamObserver<GetUserProfileResponse> observer) {
        var user = owned(request.getUserId());
        var profile = profiles.findProfile(user.id()).orElse(Profile.EMPTY);
        Replies.send(
                observer,
                GetUserProfileResponse.newBuilder()
                        .setProfile(UserProtos.toProto(user.id(), profile))
                        .build());
    }

    @Override
    public void getUserSettings(GetUserSettingsRequest request, StreamObserver<GetUserSettingsResponse> observer) {
        var user = owned(request.getUserId());
        var settings = profiles.findSettings(user.id()).orElse("{}");
        Replies.send(
                observer,
                GetUserSettingsResponse.newBuilder()
                        .setSettings(UserProtos.toSettings(user.id(), settings))
                        .build());
    }

    private User owned(String userId) {
        var id = UUID.fromString(userId);
        CallScope.current().requireOwner(id);
        return transactions
                .read(handle -> users.find(handle, id))
                .orElseThrow(() -> Errors.notFound(ErrorReason.ERROR_REASON_USER_NOT_FOUND, "no such user"));
    }

    private Map<UUID, User> findAll(List<String> userIds) {
        var ids = userIds.stream().map(UUID::fromString).toList();
        return transactions.read(handle -> users.findAll(handle, ids));
    }
}
