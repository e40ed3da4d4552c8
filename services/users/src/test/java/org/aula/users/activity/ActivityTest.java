package org.aula.users.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.mongodb.client.MongoDatabase;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.ListActivitiesRequest;
import org.aula.api.users.v1.ListActivitiesResponse;
import org.aula.api.users.v1.RecordActivityRequest;
import org.aula.api.users.v1.UserActivity;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ActivityTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static RecordActivityRequest.Builder request(String action) {
        return RecordActivityRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setAction(action)
                .setResourceType("lesson")
                .setResourceId("7")
                .setMetadata(Struct.newBuilder()
                        .putFields(
                                "$date",
                                Value.newBuilder().setStringValue("a.b").build())
                        .putFields(
                                "deep",
                                Value.newBuilder()
                                        .setStructValue(Struct.newBuilder()
                                                .putFields(
                                                        "x.y",
                                                        Value.newBuilder()
                                                                .setNumberValue(1)
                                                                .build()))
                                        .build()));
    }

    private static UserActivity record(TestUser user, RecordActivityRequest.Builder request) {
        return People.as(platform, user).recordActivity(request.build()).getActivity();
    }

    private static ListActivitiesRequest.Builder of(UUID id) {
        return ListActivitiesRequest.newBuilder().setUserId(id.toString());
    }

    private static ListActivitiesResponse list(TestUser user, ListActivitiesRequest.Builder request) {
        return People.as(platform, user).listActivities(request.build());
    }

    @Test
    void whatWasDoneIsListedTheLatestFirst() {
        var user = platform.user();
        var opened = record(user, request("lesson.open"));
        var closed = record(user, request("lesson.close"));

        assertThat(opened.getUserId()).isEqualTo(user.id().toString());
        assertThat(opened.getMetadata().getFieldsMap()).containsKeys("$date", "deep");
        assertThat(UUID.fromString(opened.getId()).version()).isEqualTo(7);
        assertThat(list(user, of(user.id())).getActivitiesList()).containsExactly(closed, opened);
        assertThat(list(user, of(user.id()).setAction("lesson.open")).getActivitiesList())
                .containsExactly(opened);
        assertThat(list(user, of(user.id()).setAction("lesson")).getActivitiesList())
                .isEmpty();
        assertThat(list(platform.user("users:read"), of(user.id())).getActivitiesList())
                .hasSize(2);
    }

    @Test
    void theSameRequestRecordsOnce() throws Exception {
        var user = platform.user();
        var request = request("lesson.open");

        assertThat(record(user, request)).isEqualTo(record(user, request));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> record(user, request.clone().setAction("lesson.close")));
        assertThat(refusal.fields()).containsExactly("request_id");
        assertThat(list(user, of(user.id())).getActivitiesList()).hasSize(1);

        var somebodyElse = platform.user();
        assertThat(record(somebodyElse, request).getUserId())
                .isEqualTo(somebodyElse.id().toString());
    }

    @Test
    void aRequestWhoseKeyWasNotCommittedFindsItsActivity() {
        var user = platform.user();
        var request = request("lesson.open");
        var first = record(user, request);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "DELETE FROM users.idempotency_keys WHERE caller = ?",
                        user.id().toString()));

        assertThat(record(user, request)).isEqualTo(first);
        assertThat(list(user, of(user.id())).getActivitiesList()).hasSize(1);
    }

    @Test
    void ofManyAtOnceWithOneRequestOneIsRecorded() throws Exception {
        var user = platform.user();
        var request = request("lesson.open");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads
                    .invokeAll(IntStream.range(0, 20)
                            .<Callable<String>>mapToObj(number -> () -> idOf(user, request))
                            .toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
            assertThat(answers.stream()
                            .filter(answer -> !answer.equals("ABORTED"))
                            .distinct())
                    .hasSize(1);
        }
        assertThat(list(user, of(user.id())).getActivitiesList()).hasSize(1);
    }

    private static String idOf(TestUser user, RecordActivityRequest.Builder request) {
        try {
            return record(user, request).getId();
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode().name();
        }
    }

    @Test
    void pagesMissNothingAndShowNothingTwiceWhileMoreIsDone() {
        var user = platform.user();
        for (int number = 0; number < 25; number++) {
            record(user, request("lesson.open"));
        }
        var before = list(user, of(user.id()).setPageSize(100)).getActivitiesList();
        var seen = new ArrayList<UserActivity>();
        var request = of(user.id()).setPageSize(4).setWithItemTokens(true);
        do {
            var page = list(user, request);
            seen.addAll(page.getActivitiesList());
            assertThat(page.getItemTokensCount()).isEqualTo(page.getActivitiesCount());
            request.setPageToken(page.getNextPageToken());
            record(user, request("lesson.open"));
        } while (!request.getPageToken().isEmpty());

        assertThat(seen).containsExactlyElementsOf(before);
        assertThat(seen)
                .isSortedAccordingTo(Comparator.comparing(UserActivity::getId).reversed());
    }

    @Test
    void refusals() throws Exception {
        var user = platform.user();
        var stranger = platform.user();
        record(user, request("lesson.open"));
        record(user, request("lesson.open"));
        var token = list(user, of(user.id()).setPageSize(1)).getNextPageToken();

        Refusal.expect(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_NOT_OWNER, () -> list(stranger, of(user.id())));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> list(stranger, of(stranger.id()).setPageToken(token)));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> list(user, of(user.id()).setAction("other").setPageToken(token)));
        assertThat(Refusal.of(() -> record(user, request("Not an action"))).fields())
                .containsExactly("action");
        var large = Struct.newBuilder()
                .putFields(
                        "text",
                        Value.newBuilder().setStringValue("x".repeat(4096)).build());
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                                () -> record(user, request("lesson.open").setMetadata(large)))
                        .fields())
                .containsExactly("metadata");
    }

    @Test
    void mongoForgetsAfterNinetyDays() {
        var lives = new ArrayList<Object>();
        for (Document index : platform.bean("users", MongoDatabase.class)
                .getCollection("user_activities")
                .listIndexes()) {
            lives.add(index.get("expireAfterSeconds"));
        }
        assertThat(lives.stream().filter(Objects::nonNull).map(life -> ((Number) life).intValue()))
                .containsExactly(90 * 24 * 60 * 60);
    }
}
