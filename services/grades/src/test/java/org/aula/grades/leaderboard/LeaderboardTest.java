package org.aula.grades.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.trueFalse;

import io.grpc.Status.Code;
import java.util.HashMap;
import java.util.UUID;
import org.aula.api.assignments.v1.Question;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.GetLeaderboardResponse;
import org.aula.api.grades.v1.LeaderboardEntry;
import org.aula.api.grades.v1.LeaderboardServiceGrpc;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.WatchLeaderboardRequest;
import org.aula.api.grades.v1.WatchLeaderboardResponse;
import org.aula.grades.Classroom;
import org.aula.grades.Questions;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Listening;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LeaderboardTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades");

    private final Classroom room = new Classroom(platform);
    private final Question five = Questions.trueFalse(true, 5);
    private final Question two = Questions.trueFalse(true, 2);
    private final String quiz = room.quiz().question(five).question(two).publish();

    @Test
    void places_follow_grades_and_equal_points_share_one() throws Exception {
        var best = room.learner();
        var good = room.learner();
        var alike = room.learner();
        var none = room.learner();
        room.sit(best, quiz, trueFalse(five, true), trueFalse(two, true));
        room.sit(good, quiz, trueFalse(five, true));
        room.sit(alike, quiz, trueFalse(five, true));
        room.sit(none, quiz, trueFalse(five, false));

        Await.untilHolds(() -> {
            assertThat(kept()).isEqualTo(3);
            assertEntries(get(room.teacher()));
        });
        assertThat(get(alike).getOwn().getRank()).isEqualTo(2);
        assertThat(get(alike).getOwn().getPoints()).isEqualTo(5);
        assertThat(get(none).hasOwn()).isFalse();
        assertThat(get(room.teacher()).hasOwn()).isFalse();
        assertThat(room.leaderboard(best)
                        .getLeaderboard(GetLeaderboardRequest.newBuilder()
                                .setCourseId(room.courseId())
                                .setFirst(1)
                                .build())
                        .getEntriesList())
                .extracting(LeaderboardEntry::getUserId)
                .containsExactly(best.id().toString());
    }

    @Test
    void what_redis_lost_is_made_anew_and_who_is_wrong_there_goes() throws Exception {
        var learner = room.learner();
        room.sit(learner, quiz, trueFalse(five, true));
        Await.until("it is kept", () -> kept() == 1);
        var commands = platform.bean("grades", Redis.class).commands();
        commands.del(key());
        commands.zadd(key(), 99.0, UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        var admin = room.leaderboard(platform.user("grades:write"));

        var answer = admin.rebuildLeaderboard(RebuildLeaderboardRequest.newBuilder()
                .setCourseId(room.courseId())
                .build());

        assertThat(answer.getLearnerCount()).isEqualTo(1);
        assertThat(get(learner).getEntriesList())
                .extracting(LeaderboardEntry::getUserId)
                .containsExactly(learner.id().toString());
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                () -> admin.rebuildLeaderboard(RebuildLeaderboardRequest.newBuilder()
                        .setCourseId(UUID.randomUUID().toString())
                        .build()));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> room.leaderboard(room.teacher())
                        .rebuildLeaderboard(RebuildLeaderboardRequest.newBuilder()
                                .setCourseId(room.courseId())
                                .build()));
    }

    @Test
    void a_lost_leaderboard_comes_back_whole_with_the_next_points() throws Exception {
        var before = room.learner();
        room.sit(before, quiz, trueFalse(five, true));
        Await.until("it is kept", () -> kept() == 1);
        platform.bean("grades", Redis.class).commands().del(key());

        room.sit(room.learner(), quiz, trueFalse(two, true));

        Await.until("both are there again", () -> kept() == 2);
    }

    @Test
    void all_leaderboards_are_made_anew_at_once() throws Exception {
        room.sit(room.learner(), quiz, trueFalse(five, true));
        Await.until("it is kept", () -> kept() == 1);
        platform.bean("grades", Redis.class).commands().del(key());
        var told = new HashMap<UUID, Integer>();

        var courses = CallScope.runAsService(
                "grades",
                "test",
                "",
                () -> platform.bean("grades", LeaderboardRebuild.class).run(told::put));

        assertThat(courses).isEqualTo(told.size());
        assertThat(told).containsEntry(UUID.fromString(room.courseId()), 1);
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void who_watches_sees_places_change() throws Exception {
        var learner = room.learner();
        var stream = watch(room.teacher());
        Await.until("what is there", () -> stream.heard().size() == 1);
        assertThat(stream.heard().getFirst().getLeaderboard().getEntriesList()).isEmpty();

        room.sit(learner, quiz, trueFalse(five, true));

        Await.untilHolds(
                () -> assertThat(stream.heard().getLast().getLeaderboard().getEntriesList())
                        .extracting(LeaderboardEntry::getUserId)
                        .containsExactly(learner.id().toString()));
        stream.cancel();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED,
                () -> watch(platform.user()).end());
    }

    private Listening<WatchLeaderboardResponse> watch(TestUser reader) {
        return Listening.to(
                platform.as(reader, "grades"),
                LeaderboardServiceGrpc.getWatchLeaderboardMethod(),
                WatchLeaderboardRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build());
    }

    @Test
    void strangers_do_not_see_it() throws Exception {
        Refusal.expect(
                Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, () -> get(platform.user()));
        assertThat(get(platform.user("grades:read")).getEntriesList()).isEmpty();
        room.draft();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, () -> get(platform.user()));
    }

    static void assertEntries(GetLeaderboardResponse answer) {
        assertThat(answer.getEntriesList())
                .extracting(LeaderboardEntry::getRank)
                .containsExactly(1, 2, 2);
        assertThat(answer.getEntriesList())
                .extracting(LeaderboardEntry::getPoints)
                .containsExactly(7.0, 5.0, 5.0);
    }

    private long kept() {
        return platform.bean("grades", Redis.class).commands().zcard(key());
    }

    private String key() {
        return "leaderboard:course:" + room.courseId();
    }

    private GetLeaderboardResponse get(TestUser reader) {
        return room.leaderboard(reader)
                .getLeaderboard(GetLeaderboardRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build());
    }
}
