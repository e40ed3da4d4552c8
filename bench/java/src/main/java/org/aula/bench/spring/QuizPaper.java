package org.aula.bench.spring;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.aula.api.assignments.v1.AcceptedText;
import org.aula.api.assignments.v1.LearnerOption;
import org.aula.api.assignments.v1.LearnerQuestion;
import org.aula.api.assignments.v1.PartialCredit;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionOption;
import org.aula.api.assignments.v1.QuestionType;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.api.grades.v1.Answer;

/// A published version of a quiz as it is graded here: without draws and shuffling, and of what a machine
/// grades only.
record QuizPaper(QuizVersion version, Map<String, Asked> questions) {

    private static final int USUAL_CHARACTERS = 500;
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    /// A question with what is the same for all who answer it.
    record Asked(
            Question written, LearnerQuestion learners, Set<String> options, Set<String> correct, List<Words> words) {}

    record Words(String value, AcceptedText rule, int credit) {}

    record Mark(BigDecimal points, boolean correct) {}

    private static final Mark NOTHING = new Mark(new BigDecimal("0.00"), false);

    static QuizPaper of(QuizVersion version) {
        var settings = version.getSettings();
        if (settings.getShuffleQuestions() || settings.getShuffleOptions()) {
            throw refused("quizzes in their own order only");
        }
        var questions = new LinkedHashMap<String, Asked>();
        for (QuizVersionItem item : version.getItemsList()) {
            if (!item.hasQuestion()) {
                throw refused("quizzes without draws only");
            }
            questions.put(item.getQuestion().getId(), asked(item.getQuestion()));
        }
        return new QuizPaper(version, questions);
    }

    private static Asked asked(Question written) {
        var learners = LearnerQuestion.newBuilder()
                .setId(written.getId())
                .setText(written.getText())
                .setPoints(written.getPoints());
        var form = written.getForm();
        return switch (form.getFormCase()) {
            case TRUE_FALSE ->
                new Asked(
                        written,
                        learners.setType(QuestionType.QUESTION_TYPE_TRUE_FALSE).build(),
                        Set.of(),
                        Set.of(),
                        List.of());
            case SINGLE_CHOICE ->
                choice(
                        written,
                        learners.setType(QuestionType.QUESTION_TYPE_SINGLE_CHOICE),
                        form.getSingleChoice().getOptionsList(),
                        Set.of(form.getSingleChoice().getCorrectOptionId()));
            case MULTIPLE_CHOICE ->
                choice(
                        written,
                        learners.setType(QuestionType.QUESTION_TYPE_MULTIPLE_CHOICE),
                        form.getMultipleChoice().getOptionsList(),
                        Set.copyOf(form.getMultipleChoice().getCorrectOptionIdsList()));
            case SHORT_ANSWER -> shortAnswer(written, learners);
            case ESSAY, CODE, FORM_NOT_SET -> throw refused("what a machine grades only");
        };
    }

    private static Asked choice(
            Question written, LearnerQuestion.Builder learners, List<QuestionOption> options, Set<String> correct) {
        var names = new HashSet<String>();
        for (var option : options) {
            names.add(option.getId());
            learners.addOptions(
                    LearnerOption.newBuilder().setId(option.getId()).setText(option.getText()));
        }
        return new Asked(written, learners.build(), names, correct, List.of());
    }

    private static Asked shortAnswer(Question written, LearnerQuestion.Builder learners) {
        var form = written.getForm().getShortAnswer();
        learners.setType(QuestionType.QUESTION_TYPE_SHORT_ANSWER)
                .setMaxCharacters(form.getMaxCharacters() == 0 ? USUAL_CHARACTERS : form.getMaxCharacters());
        var words = form.getAcceptedList().stream()
                .map(accepted -> {
                    if (!accepted.hasText()) {
                        throw refused("words only, neither patterns nor numbers");
                    }
                    var text = accepted.getText();
                    return new Words(plain(text.getValue(), text), text, accepted.getCreditPercent());
                })
                .toList();
        return new Asked(written, learners.build(), Set.of(), Set.of(), words);
    }

    /// Whether so many points are enough.
    boolean passes(BigDecimal score, BigDecimal most) {
        var percentage = BigDecimal.valueOf(version.getSettings().getPassingPercentage())
                .setScale(2, RoundingMode.HALF_UP);
        return score.movePointRight(2).compareTo(percentage.multiply(most)) >= 0;
    }

    /// Lets answers pass that suit their questions, each question once.
    void require(List<Answer> given) {
        var seen = new HashSet<String>();
        for (var answer : given) {
            var asked = questions.get(answer.getQuestionId());
            if (asked == null || !seen.add(answer.getQuestionId()) || !suits(asked, answer)) {
                throw Status.INVALID_ARGUMENT
                        .withDescription("an answer does not suit the attempt")
                        .asRuntimeException();
            }
        }
    }

    private static boolean suits(Asked asked, Answer answer) {
        var form = asked.written().getForm();
        return switch (form.getFormCase()) {
            case TRUE_FALSE -> answer.hasTrueFalse();
            case SHORT_ANSWER ->
                answer.hasText()
                        && answer.getText().codePointCount(0, answer.getText().length())
                                <= asked.learners().getMaxCharacters();
            default ->
                answer.hasChoice()
                        && asked.options().containsAll(answer.getChoice().getOptionIdsList())
                        && (!form.hasSingleChoice() || answer.getChoice().getOptionIdsCount() <= 1);
        };
    }

    /// What an answer is worth; null is none.
    static Mark mark(Asked asked, Answer answer) {
        if (answer == null) {
            return NOTHING;
        }
        var points = asked.written().getPoints();
        var form = asked.written().getForm();
        return switch (form.getFormCase()) {
            case TRUE_FALSE ->
                answer.getTrueFalse() == form.getTrueFalse().getCorrect() ? part(points, 1, 1) : NOTHING;
            case SHORT_ANSWER -> part(points, credit(asked, answer.getText()), 100);
            default -> choice(asked, Set.copyOf(answer.getChoice().getOptionIdsList()));
        };
    }

    private static Mark choice(Asked asked, Set<String> chosen) {
        var points = asked.written().getPoints();
        var correct = asked.correct();
        if (chosen.equals(correct)) {
            return part(points, 1, 1);
        }
        var right = chosen.stream().filter(correct::contains).count();
        var wrong = chosen.size() - right;
        PartialCredit rule = asked.written().getForm().getMultipleChoice().getPartialCredit();
        return switch (rule) {
            case PARTIAL_CREDIT_PER_OPTION -> {
                var all = asked.options().size();
                yield part(points, all - wrong - (correct.size() - right), all);
            }
            case PARTIAL_CREDIT_RIGHT_MINUS_WRONG -> part(points, Math.max(0, right - wrong), correct.size());
            default -> NOTHING;
        };
    }

    private static Mark part(int points, long counter, long denominator) {
        var value = BigDecimal.valueOf(points * counter)
                .divide(BigDecimal.valueOf(denominator), 2, RoundingMode.HALF_UP);
        return new Mark(value, counter == denominator);
    }

    private static int credit(Asked asked, String given) {
        for (var words : asked.words()) {
            var text = plain(given, words.rule());
            if (!text.isEmpty() && text.equals(words.value())) {
                return words.credit();
            }
        }
        return 0;
    }

    /// Words as they are compared: NFKC, one space between them, if so wished without accents and capital letters.
    private static String plain(String text, AcceptedText rule) {
        var plain = SPACES.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).strip())
                .replaceAll(" ");
        if (rule.getIgnoreAccents()) {
            var apart = Normalizer.normalize(plain, Normalizer.Form.NFD);
            plain = Normalizer.normalize(ACCENTS.matcher(apart).replaceAll(""), Normalizer.Form.NFKC);
        }
        return rule.getCaseSensitive() ? plain : plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static StatusRuntimeException refused(String text) {
        return Status.UNIMPLEMENTED.withDescription(text).asRuntimeException();
    }
}
