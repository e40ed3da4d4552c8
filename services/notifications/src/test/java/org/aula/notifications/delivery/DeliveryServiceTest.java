package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.notifications.v1.DeliveryServiceGrpc;
import org.aula.api.notifications.v1.DeliveryState;
import org.aula.api.notifications.v1.ErrorReason;
import org.aula.api.notifications.v1.GetDeliveryRequest;
import org.aula.api.notifications.v1.ListDeliveriesRequest;
import org.aula.api.notifications.v1.RetryDeliveryRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeliveryServiceTest {

    private static final Instant LATER = Instant.now().plus(Duration.ofDays(30));

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("notifications");

    private final Queue queue = new Queue(platform);

    @BeforeEach
    void begin() {
        queue.empty();
    }

    private static DeliveryServiceGrpc.DeliveryServiceBlockingStub as(TestUser user) {
        return stub(platform.as(user, "notifications"));
    }

    private static DeliveryServiceGrpc.DeliveryServiceBlockingStub stub(Channel channel) {
        return DeliveryServiceGrpc.newBlockingStub(channel);
    }

    private static DeliveryServiceGrpc.DeliveryServiceBlockingStub reader() {
        return as(platform.user("notifications:read"));
    }

    private Delivery anEmail(Delivery.State state) {
        return queue.add(UUID.randomUUID(), state, LATER, state == Delivery.State.SENDING ? "worker" : "");
    }

    private static RetryDeliveryRequest retry(Delivery email) {
        return RetryDeliveryRequest.newBuilder()
                .setDeliveryId(email.id().toString())
                .build();
    }

    @Test
    void pagesRunFromTheLatestToTheFirst() {
        var ids = new ArrayList<String>();
        for (int count = 0; count < 5; count++) {
            ids.addFirst(anEmail(Delivery.State.SENT).id().toString());
        }
        var reader = reader();
        var request = ListDeliveriesRequest.newBuilder().setPageSize(2);

        var first = reader.listDeliveries(request.build());
        var second = reader.listDeliveries(
                request.setPageToken(first.getNextPageToken()).build());
        var third = reader.listDeliveries(request.setPageToken(second.getNextPageToken())
                .setWithItemTokens(true)
                .build());

        assertThat(List.of(first, second, third))
                .flatExtracting(page -> page.getDeliveriesList())
                .extracting(org.aula.api.notifications.v1.Delivery::getId)
                .containsExactlyElementsOf(ids);
        assertThat(third.getNextPageToken()).isEmpty();
        assertThat(first.getItemTokensList()).isEmpty();
        assertThat(third.getItemTokensList()).hasSize(1);
    }

    @Test
    void filtersChooseByStateAndPerson() {
        var failed = anEmail(Delivery.State.FAILED);
        var sent = anEmail(Delivery.State.SENT);
        anEmail(Delivery.State.QUEUED);
        var reader = reader();

        var byState = reader.listDeliveries(ListDeliveriesRequest.newBuilder()
                .setState(DeliveryState.DELIVERY_STATE_FAILED)
                .build());
        var byUser = reader.listDeliveries(ListDeliveriesRequest.newBuilder()
                .setUserId(sent.userId().toString())
                .build());
        var byBoth = reader.listDeliveries(ListDeliveriesRequest.newBuilder()
                .setState(DeliveryState.DELIVERY_STATE_FAILED)
                .setUserId(sent.userId().toString())
                .build());

        assertThat(byState.getDeliveriesList())
                .extracting(org.aula.api.notifications.v1.Delivery::getId)
                .containsExactly(failed.id().toString());
        assertThat(byUser.getDeliveriesList())
                .extracting(org.aula.api.notifications.v1.Delivery::getId)
                .containsExactly(sent.id().toString());
        assertThat(byBoth.getDeliveriesList()).isEmpty();
        assertThat(reader.listDeliveries(ListDeliveriesRequest.getDefaultInstance())
                        .getDeliveriesCount())
                .isEqualTo(3);
    }

    @Test
    void aTokenBelongsToItsList() throws Exception {
        anEmail(Delivery.State.SENT);
        anEmail(Delivery.State.SENT);
        var reader = reader();
        var token = reader.listDeliveries(
                        ListDeliveriesRequest.newBuilder().setPageSize(1).build())
                .getNextPageToken();

        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> reader.listDeliveries(ListDeliveriesRequest.newBuilder()
                        .setPageToken(token)
                        .setState(DeliveryState.DELIVERY_STATE_SENT)
                        .build()));

        assertThat(refusal.fields()).containsExactly("page_token");
    }

    @Test
    void brokenBoundsAreNamed() throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> reader().listDeliveries(ListDeliveriesRequest.newBuilder()
                        .setPageSize(-1)
                        .setStateValue(99)
                        .setUserId("nobody")
                        .build()));
        var id = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> reader().getDelivery(GetDeliveryRequest.newBuilder()
                        .setDeliveryId("x")
                        .build()));

        assertThat(refusal.fields()).containsExactlyInAnyOrder("page_size", "state", "user_id");
        assertThat(id.fields()).containsExactly("delivery_id");
    }

    @Test
    void anEmailTellsHowFarItHasCome() {
        var email = anEmail(Delivery.State.FAILED);

        var found = reader().getDelivery(GetDeliveryRequest.newBuilder()
                        .setDeliveryId(email.id().toString())
                        .build())
                .getDelivery();

        assertThat(found.getUserId()).isEqualTo(email.userId().toString());
        assertThat(found.getKind()).isEqualTo("auth.password_changed");
        assertThat(found.getChannel()).isEqualTo(org.aula.api.notifications.v1.Channel.CHANNEL_EMAIL);
        assertThat(found.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_FAILED);
        assertThat(found.getAttemptCount()).isEqualTo(1);
        assertThat(found.getLastError()).isEqualTo("550 5.1.1");
        assertThat(found.hasCreateTime()).isTrue();
        assertThat(found.hasNextAttemptTime()).isFalse();
        assertThat(found.hasSentTime()).isFalse();
    }

    @Test
    void anEmailThatIsNotThereIsNotFound() throws Exception {
        var id = UUID.randomUUID().toString();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_DELIVERY_NOT_FOUND,
                () -> reader().getDelivery(GetDeliveryRequest.newBuilder()
                        .setDeliveryId(id)
                        .build()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_DELIVERY_NOT_FOUND,
                () -> as(platform.user("notifications:write"))
                        .retryDelivery(RetryDeliveryRequest.newBuilder()
                                .setDeliveryId(id)
                                .build()));
    }

    @Test
    void onlyHoldersOfThePermissionsMayLookAndTryAgain() throws Exception {
        var email = anEmail(Delivery.State.FAILED);
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> stub(platform.anonymous("notifications"))
                        .listDeliveries(ListDeliveriesRequest.getDefaultInstance()));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> as(platform.user()).listDeliveries(ListDeliveriesRequest.getDefaultInstance()));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> reader().retryDelivery(retry(email)));
        assertThat(queue.find(email.id()).state()).isEqualTo(Delivery.State.FAILED);
    }

    @Test
    void anEmailThatWasGivenUpIsTriedAgainAndTheAuditSaysSo() throws Exception {
        var email = anEmail(Delivery.State.FAILED);
        var admin = platform.user("notifications:write");

        var answer = as(admin).retryDelivery(retry(email)).getDelivery();

        assertThat(answer.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_QUEUED);
        assertThat(answer.hasNextAttemptTime()).isTrue();
        var audits = audits(email);
        assertThat(audits).hasSize(1);
        var audit = audits.getFirst().getPayload().unpack(AuditRecorded.class);
        assertThat(audits.getFirst().getActor()).contains(admin.id().toString());
        assertThat(audit.getAction()).isEqualTo("delivery.retry");
        assertThat(audit.getResourceType()).isEqualTo("delivery");
        assertThat(audit.getChangesList())
                .filteredOn(change -> change.getPath().equals("state"))
                .singleElement()
                .satisfies(change -> assertThat(change.getAfterJson()).contains("QUEUED"));

        // `auth` is away in this test, so that the email still waits.
        var again = as(admin).retryDelivery(retry(email)).getDelivery();
        assertThat(again.getState()).isIn(DeliveryState.DELIVERY_STATE_QUEUED, DeliveryState.DELIVERY_STATE_SENDING);
        assertThat(audits(email)).hasSize(1);
    }

    @Test
    void onlyAnEmailThatWasGivenUpCanBeTriedAgain() throws Exception {
        var admin = as(platform.user("notifications:write"));
        for (var state :
                List.of(Delivery.State.QUEUED, Delivery.State.SENDING, Delivery.State.SENT, Delivery.State.DROPPED)) {
            var email = anEmail(state);
            var refusal = Refusal.expect(
                    Code.FAILED_PRECONDITION,
                    ErrorReason.ERROR_REASON_DELIVERY_STATE_FORBIDS,
                    () -> admin.retryDelivery(retry(email)));
            assertThat(refusal.metadata()).containsEntry("state", state.name());
            assertThat(audits(email)).isEmpty();
        }
    }

    private static List<EventEnvelope> audits(Delivery email) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT envelope FROM notifications.outbox WHERE key = :id")
                        .bind("id", email.id().toString())
                        .map((row, context) -> parse(row.getBytes("envelope")))
                        .list());
    }

    private static EventEnvelope parse(byte[] bytes) {
        try {
            return EventEnvelope.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
            throw new AssertionError(broken);
        }
    }
}
