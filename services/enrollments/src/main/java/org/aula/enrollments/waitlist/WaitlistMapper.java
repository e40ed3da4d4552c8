package org.aula.enrollments.waitlist;

import java.time.Instant;
import org.aula.api.enrollments.v1.CourseSeats;
import org.aula.api.enrollments.v1.WaitlistState;
import org.aula.enrollments.seat.SeatCount;
import org.aula.enrollments.seat.WaitlistEntry;
import org.aula.kernel.time.Times;

/// To the contract's messages.
final class WaitlistMapper {

    private WaitlistMapper() {}

    /// @param now tells offers that have lapsed
    static org.aula.api.enrollments.v1.WaitlistEntry toProto(WaitlistEntry entry, Instant now) {
        var message = org.aula.api.enrollments.v1.WaitlistEntry.newBuilder()
                .setId(entry.id().toString())
                .setUserId(entry.userId().toString())
                .setCourseId(entry.courseId().toString())
                .setState(state(entry.stateAt(now)))
                .setPosition(entry.position())
                .setCreateTime(Times.timestamp(entry.createdAt()));
        if (entry.offeredAt() != null) {
            message.setOfferTime(Times.timestamp(entry.offeredAt()));
        }
        if (entry.offerExpiresAt() != null) {
            message.setOfferExpireTime(Times.timestamp(entry.offerExpiresAt()));
        }
        return message.build();
    }

    static CourseSeats toProto(SeatCount count) {
        var message = CourseSeats.newBuilder()
                .setCourseId(count.courseId().toString())
                .setTaken(count.taken())
                .setWaiting(count.waiting());
        var maxStudents = count.maxStudents();
        if (maxStudents != null) {
            message.setLimit(maxStudents).setFree(count.free());
        }
        return message.build();
    }

    private static WaitlistState state(WaitlistEntry.State state) {
        return switch (state) {
            case WAITING -> WaitlistState.WAITLIST_STATE_WAITING;
            case OFFERED -> WaitlistState.WAITLIST_STATE_OFFERED;
            case ACCEPTED -> WaitlistState.WAITLIST_STATE_ACCEPTED;
            case DECLINED -> WaitlistState.WAITLIST_STATE_DECLINED;
            case LAPSED -> WaitlistState.WAITLIST_STATE_LAPSED;
            case LEFT -> WaitlistState.WAITLIST_STATE_LEFT;
        };
    }
}
