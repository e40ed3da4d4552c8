package org.aula.notifications;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.MailServiceGrpc;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.PrepareMailResponse;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.time.Times;

/// Speaks what the contract says of `auth` to this service: its events on the real stream, and addresses
/// over gRPC. It decides nothing: it is there to be unavailable, and to answer that an email is obsolete, on
/// demand.
public final class StandInAuth implements AutoCloseable {

    private static final Instant EXPIRES = Instant.parse("2030-05-02T12:00:00Z");

    private final String name = "auth-stand-in-" + UUID.randomUUID();
    private final Set<String> obsolete = ConcurrentHashMap.newKeySet();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Map<String, String> formerAddresses = new ConcurrentHashMap<>();
    private Server server = start();

    /// For `AUTH_TARGET`.
    public String target() {
        return "inprocess:" + name;
    }

    /// The address of everybody's account.
    public static String address(UUID userId) {
        return userId + "@test.example";
    }

    /// The link of a verification or reset.
    public static String link(String subjectId) {
        return "http://127.0.0.1/open?token=" + subjectId;
    }

    public void makeObsolete(String subjectId) {
        obsolete.add(subjectId);
    }

    public void removeAccount(UUID userId) {
        gone.add(userId.toString());
    }

    /// Whoever had this address before a change.
    public void formerAddress(String changedEmailId, String address) {
        formerAddresses.put(changedEmailId, address);
    }

    public void leave() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    public void comeBack() {
        server = start();
    }

    /// Publishes an event.
    ///
    /// @return its id
    public static UUID publish(Message event) {
        var id = UuidCreator.getTimeOrderedEpoch();
        publish(id, event);
        return id;
    }

    /// Publishes an event under an id, perhaps once more.
    public static void publish(UUID id, Message event) {
        publish("auth", id, event);
    }

    /// Publishes an event of any domain that tells of a user.
    public static void publish(String domain, UUID id, Message event) {
        var envelope = EventEnvelope.newBuilder()
                .setEventId(id.toString())
                .setType(event.getDescriptorForType().getFullName())
                .setOccurredAt(Times.timestamp(Instant.now()))
                .setActor("service:" + domain)
                .setKey((String) event.getField(event.getDescriptorForType().findFieldByName("user_id")))
                .setPayload(Any.pack(event))
                .build();
        TestEngines.publish(domain, envelope);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private Server start() {
        try {
            return InProcessServerBuilder.forName(name)
                    .addService(new Desk())
                    .build()
                    .start();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private final class Desk extends MailServiceGrpc.MailServiceImplBase {

        @Override
        public void prepareMail(PrepareMailRequest request, StreamObserver<PrepareMailResponse> observer) {
            var subject = subject(request);
            if (gone.contains(request.getUserId())) {
                refuse(observer, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
            } else if (obsolete.contains(subject)) {
                refuse(observer, ErrorReason.ERROR_REASON_MAIL_OBSOLETE);
            } else {
                var answer = PrepareMailResponse.newBuilder()
                        .setEmail(formerAddresses.getOrDefault(subject, address(UUID.fromString(request.getUserId()))));
                if (request.hasEmailVerificationId() || request.hasPasswordResetId()) {
                    answer.setLink(link(subject)).setToken(subject).setExpireTime(Times.timestamp(EXPIRES));
                }
                observer.onNext(answer.build());
                observer.onCompleted();
            }
        }

        private static String subject(PrepareMailRequest request) {
            return switch (request.getSubjectCase()) {
                case EMAIL_VERIFICATION_ID -> request.getEmailVerificationId();
                case PASSWORD_RESET_ID -> request.getPasswordResetId();
                case CHANGED_EMAIL_ID -> request.getChangedEmailId();
                case SUBJECT_NOT_SET -> "";
            };
        }

        private static void refuse(StreamObserver<?> observer, ErrorReason reason) {
            observer.onError(StatusProto.toStatusRuntimeException(
                    Errors.failedPrecondition(reason, "no", Map.of()).status()));
        }
    }
}
