package org.aula.enrollments.seat;

import com.google.protobuf.Message;
import java.time.Instant;
import org.aula.api.enrollments.v1.WaitlistEnded;
import org.aula.api.enrollments.v1.WaitlistJoined;
import org.aula.api.enrollments.v1.WaitlistOffered;
import org.aula.api.enrollments.v1.WaitlistState;
import org.aula.kernel.time.Times;

/// What is published of waitlists.
final class WaitlistEvents {

    private WaitlistEvents() {}

    static Message joined(WaitlistEntry entry) {
        return WaitlistJoined.newBuilder()
                .setWaitlistEntryId(entry.id().toString())
                .setUserId(entry.userId().toString())
                .setCourseId(entry.courseId().toString())
                .build();
    }

    static Message offered(WaitlistEntry entry, Instant until) {
        return WaitlistOffered.newBuilder()
                .setWaitlistEntryId(entry.id().toString())
                .setUserId(entry.userId().toString())
                .setCourseId(entry.courseId().toString())
                .setExpireTime(Times.timestamp(until))
                .build();
    }

    static Message ended(WaitlistEntry entry, WaitlistEntry.State state) {
        return WaitlistEnded.newBuilder()
                .setWaitlistEntryId(entry.id().toString())
                .setUserId(entry.userId().toString())
                .setCourseId(entry.courseId().toString())
                .setState(WaitlistState.valueOf("WAITLIST_STATE_" + state.name()))
                .build();
    }
}
