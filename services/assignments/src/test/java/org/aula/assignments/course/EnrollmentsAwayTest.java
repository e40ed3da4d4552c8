package org.aula.assignments.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import org.aula.api.assignments.v1.GetLearnerQuizRequest;
import org.aula.api.common.v1.ErrorReason;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnrollmentsAwayTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "assignments");

    @Test
    void refusesLearnersForTheMomentAndNobodyElse() throws Exception {
        var room = new Classroom(platform).published();
        var quiz = room.quiz("Quiz");
        room.question(quiz, "True?", Classroom.trueFalse(true));
        room.publish(quiz);
        var request = GetLearnerQuizRequest.newBuilder().setQuizId(quiz.getId()).build();
        var learner = platform.user();
        var refusal = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                () -> room.quizzes(learner).getLearnerQuiz(request));
        assertThat(refusal.hasRetryInfo()).isTrue();
        assertThat(room.quizzes().getLearnerQuiz(request).getQuiz().getTitle()).isEqualTo("Quiz");
    }
}
