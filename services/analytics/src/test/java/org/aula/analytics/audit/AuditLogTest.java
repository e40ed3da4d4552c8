package org.aula.analytics.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.aula.api.analytics.v1.AuditEntry;
import org.aula.api.analytics.v1.AuditServiceGrpc;
import org.aula.api.analytics.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import org.aula.api.analytics.v1.ListAuditEntriesRequest;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.common.v1.FieldChange;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AuditLogTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("analytics");

    private final String course = UUID.randomUUID().toString();
    private final AuditServiceBlockingStub log =
            AuditServiceGrpc.newBlockingStub(platform.as(platform.user("audit:read"), "analytics"));

    @Test
    void whatADomainTellsIsInTheLog() throws Exception {
        platform.publish("courses", course, event("course.publish"));

        Await.untilHolds(() -> assertThat(list(query())).hasSize(1));
        var entry = list(query()).getFirst();
        assertThat(entry.getAction()).isEqualTo("course.publish");
        assertThat(entry.getDomain()).isEqualTo("courses");
        assertThat(entry.getActor()).isEqualTo("service:courses");
        assertThat(entry.getResourceType()).isEqualTo("course");
        assertThat(entry.getIpAddress()).isEqualTo("10.1.2.3");
        assertThat(entry.getChangesList()).isEqualTo(event("course.publish").getChangesList());
    }

    @Test
    void anEventThatComesAgainIsOneEntry() throws Exception {
        var envelope = envelope("course.publish");
        var consumer = platform.bean("analytics", AuditConsumer.class);

        consumer.accept(List.of(envelope, envelope));
        consumer.accept(List.of(envelope));

        assertThat(list(query())).hasSize(1);
    }

    @Test
    void pagesGoFromTheLatestToTheFirst() throws Exception {
        var envelopes = new ArrayList<EventEnvelope>();
        for (var entry = 0; entry < 5; entry++) {
            envelopes.add(envelope("course.update"));
        }
        platform.bean("analytics", AuditConsumer.class).accept(envelopes);

        var seen = new ArrayList<String>();
        var token = "";
        do {
            var page = log.listAuditEntries(
                    query().setPageSize(2).setPageToken(token).build());
            page.getEntriesList().forEach(entry -> seen.add(entry.getId()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());

        var expected = new ArrayList<>(
                envelopes.stream().map(EventEnvelope::getEventId).toList());
        Collections.reverse(expected);
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void filtersNarrowTheLog() {
        platform.bean("analytics", AuditConsumer.class)
                .accept(List.of(envelope("course.update"), envelope("course.publish")));

        assertThat(list(query().setAction("course.publish"))).hasSize(1);
        assertThat(list(query().setActor("service:nobody"))).isEmpty();
        assertThat(list(query().setFromTime(Timestamps.fromMillis(System.currentTimeMillis() + 60_000))))
                .isEmpty();
        assertThat(list(query().setBeforeTime(Timestamps.fromMillis(System.currentTimeMillis() + 60_000))))
                .hasSize(2);
    }

    @Test
    void nobodyReadsItWithoutThePermission() throws Exception {
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> AuditServiceGrpc.newBlockingStub(platform.as(platform.user("analytics:read"), "analytics"))
                        .listAuditEntries(query().build()));
    }

    private ListAuditEntriesRequest.Builder query() {
        return ListAuditEntriesRequest.newBuilder().setResourceId(course);
    }

    private List<AuditEntry> list(ListAuditEntriesRequest.Builder query) {
        return log.listAuditEntries(query.build()).getEntriesList();
    }

    private EventEnvelope envelope(String action) {
        return EventEnvelope.newBuilder()
                .setEventId(UuidCreator.getTimeOrderedEpoch().toString())
                .setOccurredAt(Timestamps.fromMillis(System.currentTimeMillis()))
                .setActor("service:courses")
                .setPayload(Any.pack(event(action)))
                .build();
    }

    private AuditRecorded event(String action) {
        return AuditRecorded.newBuilder()
                .setAction(action)
                .setResourceType("course")
                .setResourceId(course)
                .setMethod("aula.courses.v1.CourseService/PublishCourse")
                .setIpAddress("10.1.2.3")
                .addChanges(FieldChange.newBuilder()
                        .setPath("status")
                        .setBeforeJson("\"REVIEW\"")
                        .setAfterJson("\"PUBLISHED\""))
                .build();
    }
}
