package org.aula.assignments.quiz;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuizPool;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.assignments.course.SettingsMapper;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draw.DrawMapper;
import org.aula.assignments.question.QuestionMapper;
import org.aula.kernel.time.Times;

/// Published versions to and from messages and documents.
final class VersionMapper {

    private record Sorted(int sortOrder, QuizVersionItem item) {}

    private VersionMapper() {}

    /// A version of a quiz as it stands.
    ///
    /// @param quiz with the number of the version as that of its last one
    static VersionRow row(
            Quiz quiz,
            List<org.aula.assignments.question.Question> questions,
            List<Pool> pools,
            UUID publisher,
            Instant now) {
        var version = version(quiz, questions, pools, publisher, now);
        return new VersionRow(
                quiz.id(),
                version.getVersion(),
                quiz.courseId(),
                quiz.lessonId(),
                quiz.title(),
                quiz.totalPoints(),
                version.getSettings().getMandatory(),
                version.toByteArray(),
                learners(version).toByteArray(),
                now);
    }

    private static QuizVersion version(
            Quiz quiz,
            List<org.aula.assignments.question.Question> questions,
            List<Pool> pools,
            UUID publisher,
            Instant now) {
        return QuizVersion.newBuilder()
                .setQuizId(quiz.id().toString())
                .setVersion(quiz.publishedVersion())
                .setCourseId(quiz.courseId().toString())
                .setLessonId(SettingsMapper.text(quiz.lessonId()))
                .setTitle(quiz.title())
                .setDescription(quiz.description())
                .setSettings(QuizMapper.toProto(quiz.settings()))
                .setTotalPoints(quiz.totalPoints())
                .setQuestionCount(quiz.questionCount())
                .addAllItems(items(questions, pools))
                .setPublishTime(Times.timestamp(now))
                .setPublisherId(publisher.toString())
                .build();
    }

    static QuizVersion version(byte[] document) {
        try {
            return QuizVersion.parseFrom(document);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a version that is kept cannot be read", broken);
        }
    }

    static LearnerQuiz learners(byte[] summary) {
        try {
            return LearnerQuiz.parseFrom(summary);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a version that is kept cannot be read", broken);
        }
    }

    /// Whether learners would get the same of both documents.
    static boolean isSame(byte[] one, byte[] other) {
        return content(version(one)).equals(content(version(other)));
    }

    /// Questions of both documents whose keys or points differ, in the order of the later one.
    static List<String> changedQuestions(byte[] before, byte[] after) {
        var old = graded(version(before));
        return graded(version(after)).entrySet().stream()
                .filter(entry ->
                        old.containsKey(entry.getKey()) && !entry.getValue().equals(old.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static LearnerQuiz learners(QuizVersion version) {
        return LearnerQuiz.newBuilder()
                .setId(version.getQuizId())
                .setVersion(version.getVersion())
                .setCourseId(version.getCourseId())
                .setLessonId(version.getLessonId())
                .setTitle(version.getTitle())
                .setDescription(version.getDescription())
                .setSettings(version.getSettings())
                .setTotalPoints(version.getTotalPoints())
                .setQuestionCount(version.getQuestionCount())
                .build();
    }

    /// Without what differs between two versions in any case, and without the etags of what is inside.
    private static QuizVersion content(QuizVersion version) {
        var content = version.toBuilder().clearVersion().clearPublishTime().clearPublisherId();
        content.getItemsBuilderList().forEach(item -> {
            switch (item.getItemCase()) {
                case QUESTION -> item.getQuestionBuilder().clearEtag();
                case POOL -> {
                    item.getPoolBuilder().getDrawBuilder().clearEtag();
                    item.getPoolBuilder().getQuestionsBuilderList().forEach(Question.Builder::clearEtag);
                }
                case ITEM_NOT_SET -> {}
            }
        });
        return content.build();
    }

    /// What decides about points: each question's form and points, by its id.
    private static Map<String, Question> graded(QuizVersion version) {
        var questions = new LinkedHashMap<String, Question>();
        for (var item : version.getItemsList()) {
            switch (item.getItemCase()) {
                case QUESTION ->
                    put(questions, item.getQuestion(), item.getQuestion().getPoints());
                case POOL ->
                    item.getPool()
                            .getQuestionsList()
                            .forEach(question -> put(
                                    questions,
                                    question,
                                    item.getPool().getDraw().getPointsEach()));
                case ITEM_NOT_SET -> {}
            }
        }
        return questions;
    }

    private static void put(Map<String, Question> questions, Question question, int points) {
        questions.put(
                question.getId(),
                Question.newBuilder()
                        .setForm(question.getForm())
                        .setPoints(points)
                        .build());
    }

    private static List<QuizVersionItem> items(
            List<org.aula.assignments.question.Question> questions, List<Pool> pools) {
        var sorted = new ArrayList<Sorted>();
        for (var question : questions) {
            var item = QuizVersionItem.newBuilder().setQuestion(QuestionMapper.toProto(question));
            sorted.add(new Sorted(question.sortOrder(), item.build()));
        }
        for (var pool : pools) {
            var message = QuizPool.newBuilder()
                    .setDraw(DrawMapper.toProto(pool.draw()))
                    .addAllQuestions(pool.questions().stream()
                            .map(QuestionMapper::toProto)
                            .toList());
            var item = QuizVersionItem.newBuilder().setPool(message);
            sorted.add(new Sorted(pool.draw().sortOrder(), item.build()));
        }
        return sorted.stream()
                .sorted(Comparator.comparingInt(Sorted::sortOrder))
                .map(Sorted::item)
                .toList();
    }
}
