package org.aula.local.access;

import java.util.HashMap;
import java.util.Map;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.QuizServiceGrpc;

/// Makes what learners are asked in a course, by the calls by which its author makes it.
final class Exercises {

    private final Client client;
    private final People people;

    Exercises(Client client, People people) {
        this.client = client;
        this.people = people;
    }

    /// A quiz with one question, and a bank with another.
    Map<String, String> quiz(Person author, String courseId) {
        var known = new HashMap<>(Map.of("course_id", courseId));
        known.put("quiz_id", quizWithQuestion(author, known));
        known.put("bank_id", bankWithQuestion(author, courseId));
        return known;
    }

    /// A quiz that draws from a bank.
    Map<String, String> draw(Person author, String courseId) {
        var known = quiz(author, courseId);
        var draw = client.ask(people.authorToken(author), DrawServiceGrpc.getCreateDrawMethod(), known);
        return Map.of("draw_id", draw.getDraw().getId());
    }

    Map<String, String> fileAssignment(Person author, String courseId) {
        var known = new HashMap<>(Map.of("course_id", courseId));
        var made = client.ask(
                people.authorToken(author), FileAssignmentServiceGrpc.getCreateFileAssignmentMethod(), known);
        known.put("file_assignment_id", made.getFileAssignment().getId());
        return known;
    }

    /// A published quiz, published work, and a bank.
    Map<String, String> published(Person author, String courseId) {
        var known = new HashMap<>(fileAssignment(author, courseId));
        known.put("quiz_id", quizWithQuestion(author, known));
        bankWithQuestion(author, courseId);
        var token = people.authorToken(author);
        client.ask(token, QuizServiceGrpc.getPublishQuizMethod(), known);
        client.ask(token, FileAssignmentServiceGrpc.getPublishFileAssignmentMethod(), known);
        return known;
    }

    private String quizWithQuestion(Person author, Map<String, String> known) {
        var token = people.authorToken(author);
        var quizId = client.ask(token, QuizServiceGrpc.getCreateQuizMethod(), known)
                .getQuiz()
                .getId();
        var question = client.ask(token, QuestionServiceGrpc.getCreateQuestionMethod(), Map.of("quiz_id", quizId));
        known.put("question_id", question.getQuestion().getId());
        known.put("item_id", question.getQuestion().getId());
        return quizId;
    }

    private String bankWithQuestion(Person author, String courseId) {
        var token = people.authorToken(author);
        var bankId = client.ask(
                        token, QuestionBankServiceGrpc.getCreateQuestionBankMethod(), Map.of("course_id", courseId))
                .getBank()
                .getId();
        client.ask(token, QuestionServiceGrpc.getCreateQuestionMethod(), Map.of("bank_id", bankId));
        return bankId;
    }
}
