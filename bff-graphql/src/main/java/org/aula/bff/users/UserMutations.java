package org.aula.bff.users;

import java.util.Map;
import org.aula.api.users.v1.DeleteUserRequest;
import org.aula.api.users.v1.Gender;
import org.aula.api.users.v1.RecordActivityRequest;
import org.aula.api.users.v1.RestoreUserRequest;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Changing users, and what they did.
final class UserMutations {

    private UserMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "updateUser",
                UpdateUserRequest.getDefaultInstance(),
                UserMutations::update,
                (request, message) -> request.users().updateUser(message),
                answer -> Map.of("user", UserView.alone(answer.getUser()))));
        wiring.mutation(new Mutation<>(
                "deleteUser",
                DeleteUserRequest.getDefaultInstance(),
                input -> DeleteUserRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.users().deleteUser(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "restoreUser",
                RestoreUserRequest.getDefaultInstance(),
                input -> RestoreUserRequest.newBuilder()
                        .setUserId(input.person("userId"))
                        .build(),
                (request, message) -> request.users().restoreUser(message),
                answer -> Map.of("user", UserView.alone(answer.getUser()))));
        wiring.mutation(new Mutation<>(
                "recordActivity",
                RecordActivityRequest.getDefaultInstance(),
                UserMutations::activity,
                (request, message) -> request.users().recordActivity(message),
                answer -> Map.of("activity", answer.getActivity())));
    }

    private static UpdateUserRequest update(Input input) {
        var request = UpdateUserRequest.newBuilder()
                .setUserId(input.person("userId"))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.mask("userId", "etag"))
                .setFirstName(input.text("firstName"))
                .setLastName(input.text("lastName"))
                .setPhone(input.text("phone"))
                .setGender(input.choice("gender", Gender.class))
                .setLanguageCode(input.text("languageCode"))
                .setTimeZone(input.text("timeZone"))
                .setAvatarUrl(input.text("avatarUrl"))
                .setShortBio(input.text("shortBio"));
        var birthDate = input.day("birthDate");
        if (birthDate != null) {
            request.setBirthDate(birthDate);
        }
        return request.build();
    }

    private static RecordActivityRequest activity(Input input) {
        var request = RecordActivityRequest.newBuilder()
                .setRequestId(input.requestId())
                .setAction(input.text("action"))
                .setResourceType(input.text("resourceType"))
                .setResourceId(input.text("resourceId"));
        var metadata = input.json("metadata");
        if (metadata != null) {
            request.setMetadata(metadata);
        }
        return request.build();
    }
}
