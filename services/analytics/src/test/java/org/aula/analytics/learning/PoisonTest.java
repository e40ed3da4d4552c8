package org.aula.analytics.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.LessonCompleted;
import org.aula.kernel.events.DeadLetters;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An event that ClickHouse will never take, among good ones in the stream.
final class PoisonTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("analytics");

    private final UUID courseId = UuidCreator.getTimeOrderedEpoch();

    @Test
    void goesToTheDeadLettersAndTheOthersAreCounted() throws Exception {
        var enrollment = UUID.randomUUID().toString();
        for (var seconds : List.of(10, 20, -1, 30, 40)) {
            platform.publish("enrollments", enrollment, completed(enrollment, seconds));
        }

        Await.untilHolds(() -> assertThat(Counts.of(platform, courseId)).isEqualTo(new Counts(4, 4, 100)));
        Await.untilHolds(() -> assertThat(
                        platform.inside("analytics", platform.bean("analytics", DeadLetters.class)::waiting))
                .singleElement()
                .asString()
                .startsWith(LearningConsumer.NAME + " ")
                .contains("time_spent_seconds"));
    }

    private LessonCompleted completed(String enrollment, long seconds) {
        return LessonCompleted.newBuilder()
                .setEnrollmentId(enrollment)
                .setUserId(UUID.randomUUID().toString())
                .setCourseId(courseId.toString())
                .setLessonId(UUID.randomUUID().toString())
                .setTimeSpentSeconds(seconds)
                .build();
    }
}
