package org.aula.bff.assignments;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.assignments.v1.Difficulty;
import org.aula.api.assignments.v1.GetQuestionBankRequest;
import org.aula.api.assignments.v1.GetQuestionBankResponse;
import org.aula.api.assignments.v1.ListBankQuestionsRequest;
import org.aula.api.assignments.v1.ListQuestionBanksRequest;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionBank;
import org.aula.api.assignments.v1.QuestionType;
import org.aula.api.courses.v1.Course;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Questions with their keys, and banks of them.
public final class QuestionFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Question", Question.class)
                .value("id", question -> GlobalId.of("Question", question.getId()))
                .value("text", Question::getText)
                .value("form", question -> FormFields.unwrap(question.getForm()))
                .value("points", Question::getPoints)
                .value("explanation", Question::getExplanation)
                .value("tags", Question::getTagsList)
                .value("difficulty", question -> Values.name(question.getDifficulty()))
                .value("sortOrder", Question::getSortOrder)
                .value("etag", Question::getEtag);
        wiring.type("QuestionBank", QuestionBank.class)
                .value("id", bank -> GlobalId.of("QuestionBank", bank.getId()))
                .fetch("course", (bank, environment) -> Loader.COURSES.load(environment, bank.getCourseId()))
                .value("title", QuestionBank::getTitle)
                .value("description", QuestionBank::getDescription)
                .value("questionCount", QuestionBank::getQuestionCount)
                .value("createTime", bank -> Values.time(bank.getCreateTime()))
                .value("updateTime", bank -> Values.time(bank.getUpdateTime()))
                .value("etag", QuestionBank::getEtag)
                .fetch("questions", (bank, environment) -> questions(bank.getId(), environment));
        wiring.type("Course", Course.class)
                .fetch("questionBanks", (course, environment) -> banks(course.getId(), environment));
        wiring.node("QuestionBank", QuestionFields::bank);
        FormFields.addTo(wiring);
        QuestionMutations.addTo(wiring);
        QuestionBankMutations.addTo(wiring);
    }

    private static CompletableFuture<?> bank(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.questionBanks()
                        .getQuestionBank(GetQuestionBankRequest.newBuilder()
                                .setBankId(id)
                                .build()))
                .thenApply(GetQuestionBankResponse::getBank));
    }

    private static CompletableFuture<Map<String, Object>> banks(String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListQuestionBanksRequest.newBuilder()
                .setCourseId(courseId)
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.questionBanks().listQuestionBanks(list))
                .thenApply(found ->
                        page.connection(found.getBanksList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static CompletableFuture<Map<String, Object>> questions(
            String bankId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListBankQuestionsRequest.newBuilder()
                .setBankId(bankId)
                .addAllTags(Objects.requireNonNullElse(
                        Wiring.<List<String>>argument(environment, "tags"), List.<String>of()))
                .setDifficulty(Wiring.choice(environment, "difficulty", Difficulty.class))
                .setType(Wiring.choice(environment, "type", QuestionType.class))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.questionBanks().listBankQuestions(list))
                .thenApply(found ->
                        page.connection(found.getQuestionsList(), found.getItemTokensList(), found.getNextPageToken()));
    }
}
