package org.aula.grades.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.choice;
import static org.aula.grades.Answers.text;
import static org.aula.grades.Answers.trueFalse;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.aula.api.grades.v1.Attempt;
import org.aula.grades.Classroom;
import org.aula.grades.Questions;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Prints what a class feels that starts and hands in one quiz in the same ten seconds; by its name no test
/// of the suite. `-Dlearners=…` for another class. Whoever is told that the service is overloaded asks
/// again after the second that the refusal names, with the same request.
final class QuizRushFigure {

    private static final int LEARNERS = Integer.getInteger("learners", 2_000);
    private static final Duration RUSH = Duration.ofSeconds(10);
    private static final int WARM_UP = 300;

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades");

    private final Classroom room = new Classroom(platform);

    /// What happened to all of a class.
    private static final class Felt {
        private final Queue<Long> startMicros = new ConcurrentLinkedQueue<>();
        private final Queue<Long> submitMicros = new ConcurrentLinkedQueue<>();
        private final AtomicInteger told = new AtomicInteger();
        /// From the first who starts to the last who has handed in.
        private long nanos;
    }

    @Test
    void a_class_in_the_same_ten_seconds() throws Exception {
        rush(WARM_UP);
        var felt = rush(LEARNERS);
        System.out.printf(
                "%,d learners in %.1f s: start %s, submit %s; %d times told to come again%n",
                LEARNERS,
                felt.nanos / 1e9,
                percentiles(felt.startMicros),
                percentiles(felt.submitMicros),
                felt.told.get());
    }

    private Felt rush(int size) throws Exception {
        var flag = Questions.trueFalse(true, 1);
        var single = Questions.single("b", 2);
        var words = Questions.shortAnswer(3, Questions.words("Paris"));
        var quiz = room.quiz().question(flag).question(single).question(words).publish();
        var learners =
                IntStream.range(0, size).mapToObj(index -> room.learner()).toList();
        var felt = new Felt();
        var begun = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var graded = new ArrayList<Future<Attempt>>();
            for (var index = 0; index < size; index++) {
                var learner = learners.get(index);
                var arrives = RUSH.multipliedBy(index).dividedBy(size);
                graded.add(threads.submit(() -> {
                    Thread.sleep(arrives);
                    var attempt = timed(felt, felt.startMicros, () -> room.start(learner, quiz));
                    return timed(
                            felt,
                            felt.submitMicros,
                            () -> room.submit(
                                    learner,
                                    attempt,
                                    trueFalse(flag, true),
                                    choice(single, "b"),
                                    text(words, "paris")));
                }));
            }
            for (var one : graded) {
                assertThat(one.get().getScore()).isEqualTo(6);
            }
        }
        felt.nanos = System.nanoTime() - begun;
        return felt;
    }

    private static <T> T timed(Felt felt, Queue<Long> micros, Callable<T> call) throws Exception {
        var begun = System.nanoTime();
        while (true) {
            try {
                var answer = call.call();
                micros.add((System.nanoTime() - begun) / 1_000);
                return answer;
            } catch (StatusRuntimeException refused) {
                if (refused.getStatus().getCode() != Code.RESOURCE_EXHAUSTED) {
                    throw refused;
                }
                felt.told.incrementAndGet();
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
    }

    private static String percentiles(Queue<Long> micros) {
        var sorted = micros.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return "p50 %d ms, p99 %d ms, most %d ms"
                .formatted(
                        sorted[sorted.length / 2] / 1_000,
                        sorted[sorted.length * 99 / 100] / 1_000,
                        sorted[sorted.length - 1] / 1_000);
    }
}
