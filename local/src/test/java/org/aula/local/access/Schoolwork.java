package org.aula.local.access;

import java.util.HashMap;
import java.util.Map;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.SubmissionServiceGrpc;
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

    /// An attempt of somebody else's that is graded, as its teacher knows it.
    Map<String, String> marked(Person teacher, Map<String, String> taught) {
        var known = new HashMap<>(taught);
        known.put("user_id", people.author().id());
        known.put("attempt_id", start(people.author().accessToken(), taught));
        client.ask(people.author().accessToken(), AttemptServiceGrpc.getSubmitAttemptMethod(), known);
        var marked = client.ask(teacher.accessToken(), AttemptServiceGrpc.getGetAttemptMethod(), known);
        known.put("response_id", marked.getAttempt().getQuestions(0).getResponseId());
        return known;
    }

    private String start(String token, Map<String, String> known) {
        return client.ask(token, AttemptServiceGrpc.getStartAttemptMethod(), known)
                .getAttempt()
                .getId();
    }

    Map<String, String> regrading(Person teacher, Map<String, String> taught) {
        var begun = client.ask(teacher.accessToken(), GradingServiceGrpc.getRegradeQuizMethod(), taught);
        return Map.of("operation_id", begun.getOperation().getId());
    }

    /// Work that is not handed in yet.
    Map<String, String> submission(Person learner, Map<String, String> offered) {
        var known = new HashMap<>(offered);
        known.put("submission_id", begin(learner.accessToken(), offered));
        return known;
    }

    /// Work of somebody else's that is handed in.
    Map<String, String> handedIn(Map<String, String> taught) {
        var token = people.author().accessToken();
        var known = new HashMap<>(taught);
        known.put("submission_id", begin(token, taught));
        known.put("asset_id", files.asset(token, Sort.TEXT, Map.of()));
        client.ask(token, SubmissionServiceGrpc.getUpdateSubmissionMethod(), known);
        client.ask(token, SubmissionServiceGrpc.getSubmitSubmissionMethod(), known);
        return known;
    }

    private String begin(String token, Map<String, String> known) {
        return client.ask(token, SubmissionServiceGrpc.getCreateSubmissionMethod(), known)
                .getSubmission()
                .getId();
    }
}
