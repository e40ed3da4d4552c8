package org.aula.grades.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.trueFalse;

import io.grpc.Status.Code;
import org.aula.api.grades.v1.GetLeaderboardRequest;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.grades.Classroom;
import org.aula.grades.Questions;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A Redis that is unavailable makes the leaderboard slower, not wrong.
final class WithoutRedisTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades").setting("REDIS_URL", "redis://127.0.0.1:1");

    private final Classroom room = new Classroom(platform);

    @Test
    void the_gradebook_answers() throws Exception {
        var five = Questions.trueFalse(true, 5);
        var two = Questions.trueFalse(true, 2);
        var quiz = room.quiz().question(five).question(two).publish();
        var best = room.learner();
        var good = room.learner();
        room.sit(best, quiz, trueFalse(five, true), trueFalse(two, true));
        room.sit(good, quiz, trueFalse(five, true));
        room.sit(room.learner(), quiz, trueFalse(five, true));
        room.sit(room.learner(), quiz, trueFalse(five, false));

        Await.untilHolds(() -> {
            var answer = room.leaderboard(good)
                    .getLeaderboard(GetLeaderboardRequest.newBuilder()
                            .setCourseId(room.courseId())
                            .build());
            LeaderboardTest.assertEntries(answer);
            assertThat(answer.getOwn().getRank()).isEqualTo(2);
        });
        var refusal = Refusal.expect(
                Code.UNAVAILABLE,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_STORE_UNAVAILABLE,
                () -> room.leaderboard(platform.user("grades:write"))
                        .rebuildLeaderboard(RebuildLeaderboardRequest.newBuilder()
                                .setCourseId(room.courseId())
                                .build()));
        assertThat(refusal.metadata()).containsEntry("store", "redis");
    }
}
