package org.aula.courses.export;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.aula.api.assignments.v1.NewQuestion;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuizVersion;

/// Published quizzes as an archive keeps them.
final class QuizMapper {

    private QuizMapper() {}

    /// The JSON of a quiz; empty when it has no questions of its own.
    ///
    /// @param document the contract's QuizVersion
    /// @param lessons those of the course that are for quizzes; a quiz whose lesson is none any more has
    /// none
    /// @param leftOut told of draws, by the quiz's title and what of it: banks do not go along
    static Optional<byte[]> toJson(byte[] document, Set<UUID> lessons, BiConsumer<String, String> leftOut) {
        var version = version(document);
        var quiz = NewQuiz.newBuilder()
                .setLessonId(isOf(lessons, version.getLessonId()) ? version.getLessonId() : "")
                .setTitle(version.getTitle())
                .setDescription(version.getDescription())
                .setSettings(version.getSettings());
        for (var item : version.getItemsList()) {
            switch (item.getItemCase()) {
                case QUESTION -> quiz.addQuestions(question(item.getQuestion()));
                case POOL ->
                    leftOut.accept(
                            version.getTitle(),
                            "draw of " + item.getPool().getDraw().getCount());
                case ITEM_NOT_SET -> {}
            }
        }
        return quiz.getQuestionsCount() == 0 ? Optional.empty() : Optional.of(ArchiveMapper.toJson(quiz.build()));
    }

    private static boolean isOf(Set<UUID> lessons, String lessonId) {
        return !lessonId.isEmpty() && lessons.contains(UUID.fromString(lessonId));
    }

    private static NewQuestion question(Question question) {
        return NewQuestion.newBuilder()
                .setText(question.getText())
                .setForm(question.getForm())
                .setPoints(question.getPoints())
                .setExplanation(question.getExplanation())
                .addAllTags(question.getTagsList())
                .setDifficulty(question.getDifficulty())
                .build();
    }

    private static QuizVersion version(byte[] document) {
        try {
            return QuizVersion.parseFrom(document);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a version that is kept cannot be read", broken);
        }
    }
}
