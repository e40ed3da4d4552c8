package org.aula.local.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuestionRequest;
import org.aula.api.assignments.v1.EssayForm;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.SubmissionServiceGrpc;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.local.access.Files.Sort;

/// Makes what learners do with exercises, by the calls by which they do it.
final class Schoolwork {

    private final Client client;
    private final People people;
    private final Files files;

    Schoolwork(Client client, People people, Files files) {
        this.client = client;
        this.people = people;
        this.files = files;
    }

    /// An attempt that is under way.
    Map<String, String> attempt(Person learner, Map<String, String> offered) {
        var known = new HashMap<>(offered);
        known.put("attempt_id", start(learner.accessToken(), offered));
        return known;
    }

    /// A graded attempt and work that was handed in, both somebody else's.
    Map<String, String> taken(Map<String, String> taught) {
        var known = new HashMap<>(handedIn(taught));
        known.put("user_id", people.author().id());
        known.put("attempt_id", start(people.author().accessToken(), taught));
        client.ask(people.author().accessToken(), AttemptServiceGrpc.getSubmitAttemptMethod(), known);
        return known;
    }

    /// An essay of somebody else's that waits for its grade, as its teacher knows it.
    Map<String, String> essay(Person teacher, Map<String, String> taught) {
        var known = new HashMap<>(taught);
        var question = askForEssay(people.authorToken(teacher), taught);
        known.put("attempt_id", start(people.author().accessToken(), taught));
        client.send(
                people.author().accessToken(),
                AttemptServiceGrpc.getSubmitAttemptMethod(),
                SubmitAttemptRequest.newBuilder()
                        .setAttemptId(Objects.requireNonNull(known.get("attempt_id")))
                        .addAnswers(Answer.newBuilder().setQuestionId(question).setText("An essay"))
                        .build());
        var seen = client.ask(teacher.accessToken(), AttemptServiceGrpc.getGetAttemptMethod(), known);
        seen.getAttempt().getQuestionsList().stream()
                .filter(one -> one.getQuestion().getId().equals(question))
                .forEach(one -> known.put("response_id", one.getResponseId()));
        return known;
    }

    /// @return the question's id
    private String askForEssay(String token, Map<String, String> taught) {
        var made = client.send(
                token,
                QuestionServiceGrpc.getCreateQuestionMethod(),
                CreateQuestionRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setQuizId(Objects.requireNonNull(taught.get("quiz_id")))
                        .setText("Write an essay")
                        .setPoints(5)
                        .setForm(QuestionForm.newBuilder().setEssay(EssayForm.getDefaultInstance()))
                        .build());
        client.ask(token, QuizServiceGrpc.getPublishQuizMethod(), taught);
        return made.getQuestion().getId();
    }

    private String start(String token, Map<String, String> known) {
        return client.ask(token, AttemptServiceGrpc.getStartAttemptMethod(), known)
                .getAttempt()
                .getId();
    }

    Map<String, String> regrading(Person teacher, Map<String, String> taught) {
        var begun = client.ask(teacher, GradingServiceGrpc.getRegradeQuizMethod(), taught);
        return Map.of("operation_id", begun.getOperation().getId());
    }

    /// Work with a file that is not handed in yet.
    Map<String, String> submission(Person learner, Map<String, String> offered) {
        return work(learner, offered);
    }

    /// Work of somebody else's that is handed in.
    Map<String, String> handedIn(Map<String, String> taught) {
        var known = work(people.author(), taught);
        client.ask(people.author().accessToken(), SubmissionServiceGrpc.getSubmitSubmissionMethod(), known);
        return known;
    }

    private Map<String, String> work(Person learner, Map<String, String> offered) {
        var known = new HashMap<>(offered);
        known.put("submission_id", begin(learner.accessToken(), offered));
        known.put("asset_id", files.uploadFor(learner.makerToken(), Sort.TEXT, known));
        client.ask(learner.accessToken(), SubmissionServiceGrpc.getCompleteSubmissionUploadMethod(), known);
        client.ask(learner.accessToken(), SubmissionServiceGrpc.getUpdateSubmissionMethod(), known);
        return known;
    }

    private String begin(String token, Map<String, String> known) {
        return client.ask(token, SubmissionServiceGrpc.getCreateSubmissionMethod(), known)
                .getSubmission()
                .getId();
    }
}
