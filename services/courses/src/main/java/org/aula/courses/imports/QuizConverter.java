package org.aula.courses.imports;

import com.google.common.collect.Lists;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.courses.olx.ImportedAnswer;
import org.aula.courses.olx.ImportedAnswer.Accepted;
import org.aula.courses.olx.ImportedAnswer.Option;
import org.aula.courses.olx.ImportedLesson;
import org.aula.courses.olx.ImportedQuestion;
import org.aula.courses.olx.ImportedQuiz;

/// Makes quizzes of ours out of imported ones, within the bounds of the contract.
final class QuizConverter {

    private static final int MAX_QUIZZES = 500;
    private static final int MAX_TITLE = 250;
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_OPTION = 2_000;

    /// So that with the form around its texts a question stays below 32 KiB, and a quiz below 2 MiB.
    private static final int MAX_BYTES = 28 * 1024;

    private static final int MAX_QUESTIONS = 60;

    private final BlockConverter blocks;
    private final Issues issues;
    private int made;

    QuizConverter(BlockConverter blocks, Issues issues) {
        this.blocks = blocks;
        this.issues = issues;
    }

    /// The quizzes of a lesson: one, unless its questions have no room in that; none if they have no room at
    /// all.
    ///
    /// @param lessonId the lesson for them
    List<DraftQuiz> quizzes(ImportedLesson lesson, ImportedQuiz quiz, UUID lessonId) {
        var questions = quiz.questions().stream()
                .flatMap(question -> question(question).stream())
                .toList();
        var quizzes = new ArrayList<DraftQuiz>();
        for (var part : Lists.partition(questions, MAX_QUESTIONS)) {
            if (made == MAX_QUIZZES) {
                issues.add(lesson.sourceId(), "", "a course has at most " + MAX_QUIZZES + " quizzes");
                break;
            }
            made++;
            var named = Texts.title(lesson.title(), MAX_TITLE);
            var title = named.isEmpty() ? "Quiz" : named;
            quizzes.add(new DraftQuiz(
                    lessonId, quizzes.isEmpty() ? title : title + " (" + (quizzes.size() + 1) + ")", quiz, part));
        }
        return quizzes;
    }

    private Optional<ImportedQuestion> question(ImportedQuestion imported) {
        var explanation = orNone(imported, blocks.html(imported.explanation()), MAX_TEXT, "an explanation");
        var question = new ImportedQuestion(
                imported.sourceId(), blocks.html(imported.html()), answer(imported), imported.points(), explanation);
        if (isTooLong(question.html(), MAX_TEXT)) {
            return leftOut(imported, "a question's text has at most 10,000 characters");
        }
        if (options(question.answer()).anyMatch(option -> isTooLong(option.html(), MAX_OPTION))) {
            return leftOut(imported, "an option has at most 2,000 characters");
        }
        return bytes(question) > MAX_BYTES ? leftOut(imported, "a question has at most 28 KiB") : Optional.of(question);
    }

    private ImportedAnswer answer(ImportedQuestion question) {
        return switch (question.answer()) {
            case ImportedAnswer.One(var options, var right, var shuffled) ->
                new ImportedAnswer.One(options(question, options), right, shuffled);
            case ImportedAnswer.Any(var options, var right, var eachCounts, var shuffled) ->
                new ImportedAnswer.Any(options(question, options), right, eachCounts, shuffled);
            case ImportedAnswer.Short(var accepted) ->
                new ImportedAnswer.Short(accepted.stream()
                        .map(one -> new Accepted(one.key(), one.creditPercent(), feedback(question, one.feedback())))
                        .toList());
        };
    }

    private List<Option> options(ImportedQuestion question, List<Option> options) {
        return options.stream()
                .map(option -> new Option(blocks.html(option.html()), feedback(question, option.feedback())))
                .toList();
    }

    private String feedback(ImportedQuestion question, String html) {
        return orNone(question, blocks.html(html), MAX_OPTION, "feedback");
    }

    private String orNone(ImportedQuestion question, String html, int longest, String what) {
        if (isTooLong(html, longest)) {
            issues.add(question.sourceId(), "", what + " has at most " + longest + " characters");
            return "";
        }
        return html;
    }

    private Optional<ImportedQuestion> leftOut(ImportedQuestion question, String reason) {
        issues.add(question.sourceId(), "", reason);
        return Optional.empty();
    }

    private static boolean isTooLong(String text, int longest) {
        return text.codePointCount(0, text.length()) > longest;
    }

    private static int bytes(ImportedQuestion question) {
        return Stream.of(
                        Stream.of(question.html(), question.explanation()),
                        options(question.answer()).flatMap(option -> Stream.of(option.html(), option.feedback())),
                        accepted(question.answer()).map(Accepted::feedback))
                .flatMap(texts -> texts)
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static Stream<Option> options(ImportedAnswer answer) {
        return switch (answer) {
            case ImportedAnswer.One one -> one.options().stream();
            case ImportedAnswer.Any any -> any.options().stream();
            case ImportedAnswer.Short words -> Stream.empty();
        };
    }

    private static Stream<Accepted> accepted(ImportedAnswer answer) {
        return answer instanceof ImportedAnswer.Short(var accepted) ? accepted.stream() : Stream.empty();
    }
}
