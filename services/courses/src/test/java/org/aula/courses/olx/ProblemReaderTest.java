package org.aula.courses.olx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aula.courses.olx.ImportedAnswer.Accepted;
import org.aula.courses.olx.ImportedAnswer.Key;
import org.aula.courses.olx.ImportedAnswer.Option;
import org.aula.courses.olx.ImportedQuiz.Shown;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fast")
class ProblemReaderTest extends ReadingTest {

    private static final String CHOICES =
            "<choice correct='true'>A <b>1</b></choice><choice correct='false'>B</choice>";

    private static ImportedAnswer.One one(int right, boolean shuffled, Option... options) {
        return new ImportedAnswer.One(List.of(options), right, shuffled);
    }

    private static Option option(String html) {
        return new Option(html, "");
    }

    private static Accepted accepted(Key key) {
        return new Accepted(key, 100, "");
    }

    private static ImportedAnswer words(Key... keys) {
        return new ImportedAnswer.Short(
                Stream.of(keys).map(ProblemReaderTest::accepted).toList());
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                arguments(
                        "<multiplechoiceresponse><choicegroup>" + CHOICES + "</choicegroup></multiplechoiceresponse>",
                        one(0, false, option("A <b>1</b>"), option("B"))),
                arguments(
                        "<multiplechoiceresponse><choicegroup shuffle='true'><choice correct='False'>A"
                                + "<choicehint>no <i>way</i></choicehint></choice><choice correct='True'>"
                                + "a &lt; b</choice></choicegroup></multiplechoiceresponse>",
                        one(1, true, new Option("A", "no <i>way</i>"), option("a &lt; b"))),
                arguments(
                        "<choiceresponse><checkboxgroup>" + CHOICES
                                + "<choice correct='true'>C<choicehint selected='true'>yes</choicehint></choice>"
                                + "</checkboxgroup></choiceresponse>",
                        new ImportedAnswer.Any(
                                List.of(option("A <b>1</b>"), option("B"), new Option("C", "yes")),
                                List.of(0, 2),
                                false,
                                false)),
                arguments(
                        "<choiceresponse partial_credit='EDC'><checkboxgroup>" + CHOICES
                                + "</checkboxgroup></choiceresponse>",
                        new ImportedAnswer.Any(List.of(option("A <b>1</b>"), option("B")), List.of(0), true, false)),
                arguments(
                        "<optionresponse><optioninput options=\"('it\\'s','b &amp; c', 'd')\" correct='b &amp; c'/>"
                                + "</optionresponse>",
                        one(1, false, option("it&#39;s"), option("b &amp; c"), option("d"))),
                arguments(
                        "<optionresponse><optioninput><option correct='False'>A</option><option correct='True'>B"
                                + "<optionhint>well</optionhint></option></optioninput></optionresponse>",
                        one(1, false, option("A"), new Option("B", "well"))),
                arguments(
                        "<numericalresponse answer='600'><responseparam type='tolerance' default='5'/>"
                                + "</numericalresponse>",
                        words(new Key.Number("600", "5", false))),
                arguments(
                        "<numericalresponse answer='-.5e3'><responseparam type='tolerance' default='0.01%'/>"
                                + "</numericalresponse>",
                        words(new Key.Number("-500", "0.01", true))),
                arguments(
                        "<numericalresponse answer='0'><responseparam type='tolerance' default='5%'/>"
                                + "</numericalresponse>",
                        words(new Key.Number("0", "", false))),
                arguments("<numericalresponse answer='12'/>", words(new Key.Number("12", "", false))),
                arguments("<numericalresponse answer='[1, 2]'/>", words(new Key.Number("1.5", "0.5", false))),
                arguments(
                        "<numericalresponse answer='2' partial_credit='list'><additional_answer answer='3'>"
                                + "<correcthint>so so</correcthint></additional_answer>"
                                + "<responseparam partial_answers='1, x'/></numericalresponse>",
                        new ImportedAnswer.Short(List.of(
                                accepted(new Key.Number("2", "", false)),
                                new Accepted(new Key.Number("3", "", false), 100, "so so"),
                                new Accepted(new Key.Number("1", "", false), 50, "")))),
                arguments("<stringresponse answer='Doc'/>", words(new Key.Words("Doc", true))),
                arguments(
                        "<stringresponse answer='Doc' type='ci'><correcthint>right</correcthint>"
                                + "<additional_answer answer='Happy'/><additional_answer>Sleepy</additional_answer>"
                                + "</stringresponse>",
                        new ImportedAnswer.Short(List.of(
                                new Accepted(new Key.Words("Doc", false), 100, "right"),
                                accepted(new Key.Words("Happy", false)),
                                accepted(new Key.Words("Sleepy", false))))),
                arguments(
                        "<stringresponse answer='red_or_green'/>",
                        words(new Key.Words("red", true), new Key.Words("green", true))),
                arguments(
                        "<stringresponse answer='..bble' type='ci regexp'/>",
                        words(new Key.Expression("..bble", false))));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void readsHowAResponseIsAnswered(String response, ImportedAnswer expected) {
        var course = course("<problem display_name='P'>" + response + "</problem>");
        assertThat(quiz(course).questions())
                .singleElement()
                .satisfies(question -> assertThat(question.answer()).isEqualTo(expected));
        assertThat(course.skipped()).isEmpty();
    }

    private static final String SINGLE =
            "<multiplechoiceresponse><choicegroup>%s</choicegroup></multiplechoiceresponse>";

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(
                        "<script type='loncapa/python'>x = 1</script><numericalresponse answer='$x'/>",
                        SkipReason.PROBLEM_SCRIPTED),
                arguments("<numericalresponse answer='$x'/>", SkipReason.PROBLEM_SCRIPTED),
                arguments("<stringresponse answer='${name}'/>", SkipReason.PROBLEM_SCRIPTED),
                arguments("<p>Only text</p>", SkipReason.PROBLEM_WITHOUT_RESPONSE),
                arguments(
                        "<customresponse cfn='check'><textline/></customresponse>", SkipReason.RESPONSE_NOT_SUPPORTED),
                arguments("<formularesponse answer='x*y'/>", SkipReason.RESPONSE_NOT_SUPPORTED),
                arguments(
                        "<optionresponse><optioninput/><optioninput/></optionresponse>",
                        SkipReason.RESPONSE_NOT_SUPPORTED),
                arguments("<optionresponse/>", SkipReason.RESPONSE_WITHOUT_KEY),
                arguments("<multiplechoiceresponse/>", SkipReason.RESPONSE_WITHOUT_KEY),
                arguments("<choiceresponse/>", SkipReason.RESPONSE_WITHOUT_KEY),
                arguments("<stringresponse/>", SkipReason.RESPONSE_WITHOUT_KEY),
                arguments("<numericalresponse answer=' '/>", SkipReason.RESPONSE_WITHOUT_KEY),
                arguments(SINGLE.formatted("<choice>A</choice><choice>B</choice>"), SkipReason.RESPONSE_WITHOUT_KEY),
                arguments(
                        SINGLE.formatted("<choice correct='true'>A</choice><choice correct='true'>B</choice>"),
                        SkipReason.SEVERAL_RIGHT),
                arguments(SINGLE.formatted("<choice correct='true'>A</choice>"), SkipReason.OPTIONS_OUT_OF_BOUNDS),
                arguments(SINGLE.formatted(CHOICES.repeat(14)), SkipReason.OPTIONS_OUT_OF_BOUNDS),
                arguments(
                        "<choiceresponse><checkboxgroup><choice>A</choice><choice>B</choice></checkboxgroup>"
                                + "</choiceresponse>",
                        SkipReason.RESPONSE_WITHOUT_KEY),
                arguments("<numericalresponse answer='2*pi'/>", SkipReason.NOT_A_NUMBER),
                arguments("<numericalresponse answer='(1,2]'/>", SkipReason.NOT_A_NUMBER),
                arguments("<numericalresponse answer='[2,1]'/>", SkipReason.NOT_A_NUMBER),
                arguments("<numericalresponse answer='[1,1e-900]'/>", SkipReason.NOT_A_NUMBER),
                arguments(
                        "<numericalresponse answer='2'><responseparam type='tolerance' default='a bit'/>"
                                + "</numericalresponse>",
                        SkipReason.NOT_A_NUMBER),
                arguments(
                        "<numericalresponse answer='2'><responseparam type='tolerance' default='-1'/>"
                                + "</numericalresponse>",
                        SkipReason.NOT_A_NUMBER),
                arguments("<stringresponse answer='" + "a".repeat(501) + "'/>", SkipReason.ANSWERS_OUT_OF_BOUNDS),
                arguments(
                        "<stringresponse answer='a'>" + "<additional_answer answer='b'/>".repeat(20)
                                + "</stringresponse>",
                        SkipReason.ANSWERS_OUT_OF_BOUNDS),
                arguments("<stringresponse answer='a'/>".repeat(101), SkipReason.TOO_COMPLEX),
                arguments("<p>" + "a".repeat(65_536) + "</p><stringresponse answer='a'/>", SkipReason.TOO_COMPLEX));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void listsWhatIsNoQuestionWithItsReason(String inside, SkipReason reason) {
        var course = course("<html><p>page</p></html><problem display_name='P'>" + inside + "</problem>");
        assertThat(course.lessons().getFirst().quiz()).isNull();
        assertThat(course.skipped())
                .filteredOn(skipped -> skipped.reason() != SkipReason.EMPTY)
                .singleElement()
                .satisfies(skipped -> {
                    assertThat(skipped.reason()).isEqualTo(reason);
                    assertThat(skipped.element()).contains("\"P\"");
                });
    }

    @Test
    void readsNothingOutOfMarkdown() {
        var course = course("<problem markdown='= 5' display_name='P'/>");
        assertThat(course.lessons().getFirst().quiz()).isNull();
        assertThat(course.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.reason()).isEqualTo(SkipReason.PROBLEM_MARKDOWN));
    }

    @Test
    void asksWithTheTextThatBelongsToAResponse() {
        var questions = quiz(course("<problem display_name='P'><p>Intro</p>"
                        + "<stringresponse answer='a'><label>First?</label><description>Hint</description>"
                        + "<textline/><solution><p>Because</p></solution></stringresponse>"
                        + "<p>Between</p><stringresponse answer='b'><textline label='Second?'/></stringresponse>"
                        + "<solution>Later</solution><demandhint><hint>One</hint><hint>Two</hint></demandhint>"
                        + "</problem><problem display_name='Named'><stringresponse answer='c'/></problem>"))
                .questions();
        assertThat(questions)
                .extracting(ImportedQuestion::html)
                .containsExactly("<p>Intro</p><p>First?</p><p>Hint</p>", "<p>Between</p>", "Named");
        assertThat(questions)
                .extracting(ImportedQuestion::explanation)
                .containsExactly("<p>Because</p>", "Later<ul><li>One</li><li>Two</li></ul>", "");
    }

    @Test
    void leavesBlanksWhereResponsesStandInATable() {
        var input = "<optionresponse><optioninput options=\"('a','b')\" correct='a'/></optionresponse>";
        var two = quiz(course("<problem><p>Fill</p><table><tr><td>" + input + "</td><td>" + input
                        + "</td></tr></table></problem>"))
                .questions();
        var shared =
                "<div><p>Fill</p><table><tbody><tr><td><b>[1]</b></td><td><b>[2]</b></td></tr></tbody></table></div>";
        assertThat(two)
                .extracting(ImportedQuestion::html)
                .containsExactly(shared + "<p>[1]</p>", shared + "<p>[2]</p>");
        assertThat(quiz(course("<problem><p>x = " + input + " cm</p></problem>"))
                        .questions())
                .singleElement()
                .satisfies(
                        question -> assertThat(question.html()).isEqualTo("<div><p>x &#61; <b>____</b> cm</p></div>"));
    }

    @Test
    void cleansWhatAuthorsWrote() {
        var course = course("<problem display_name='P'><p onclick='x()'>Q<script>alert(1)</script></p>"
                + "<multiplechoiceresponse><choicegroup><choice correct='true'>A<img src='x' onerror='y()'/></choice>"
                + "<choice>B<choicehint><a href='javascript:z()'>no</a></choicehint></choice></choicegroup>"
                + "</multiplechoiceresponse><solution><iframe src='https://evil.example/'/>S</solution></problem>");
        var question = quiz(course).questions().getFirst();
        assertThat(question.html()).isEqualTo("<p>Q</p>");
        assertThat(question.explanation()).isEqualTo("S");
        assertThat(question.answer()).isEqualTo(one(0, false, option("A"), new Option("B", "no")));
        assertThat(course.skipped().stream().map(Skipped::reason).collect(Collectors.toSet()))
                .contains(SkipReason.SCRIPT_REMOVED, SkipReason.EVENT_HANDLER_REMOVED, SkipReason.MISPLACED);
    }

    @Test
    void listsHintsForWhichThereIsNoPlace() {
        var course = course("<problem display_name='P'><choiceresponse><checkboxgroup><choice correct='true'>A"
                + "<choicehint selected='false'>missed</choicehint></choice><choice>B</choice>"
                + "<compoundhint value='A B'>both</compoundhint></checkboxgroup></choiceresponse></problem>");
        assertThat(course.skipped()).singleElement().satisfies(skipped -> {
            assertThat(skipped.reason()).isEqualTo(SkipReason.HINT_DROPPED);
            assertThat(skipped.count()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, false",
        "weight='null', 1, false",
        "weight='4', 2, false",
        "weight='2.0', 1, false",
        "weight='3', 2, true",
        "weight='0', 1, true",
        "weight='0.5', 1, true",
        "weight='1e9', 1000, true",
        "weight='NaN', 1, true",
        "weight='lots', 1, true"
    })
    void dividesTheWeightAmongItsResponses(String attribute, int points, boolean rounded) {
        var course = course("<problem display_name='P' " + attribute + ">"
                + "<stringresponse answer='a'><label>1</label></stringresponse>"
                + "<stringresponse answer='b'><label>2</label></stringresponse></problem>");
        assertThat(quiz(course).questions())
                .extracting(ImportedQuestion::points)
                .containsExactly(points, points);
        assertThat(course.skippedByReason().containsKey(SkipReason.WEIGHT_ROUNDED))
                .isEqualTo(rounded);
    }

    private static final String QUESTION = "<stringresponse answer='a'><label>?</label></stringresponse>";

    @ParameterizedTest
    @CsvSource({
        "'', 0, AFTER_PASS",
        "max_attempts='null' showanswer='never', 0, NEVER",
        "max_attempts='3' showanswer='always', 3, AFTER_SUBMIT",
        "max_attempts='999' showanswer='attempted', 100, AFTER_SUBMIT",
        "max_attempts='-1' showanswer='past_due', 0, AFTER_CLOSE",
        "max_attempts='many' showanswer='answered', 0, AFTER_PASS"
    })
    void takesOverAttemptsAndWhenAnswersAreShown(String attributes, int attempts, Shown shown) {
        var quiz = quiz(course("<problem " + attributes + ">" + QUESTION + "</problem>"));
        assertThat(quiz.maxAttempts()).isEqualTo(attempts);
        assertThat(quiz.shown()).isEqualTo(shown);
        assertThat(quiz.graded()).isFalse();
    }

    @Test
    void takesThePolicyForWhatElementsDoNotSay() {
        var archive = ArchiveBuilder.aCourse("<problem url_name='p1'>" + QUESTION + "</problem>"
                        + "<problem url_name='p2' max_attempts='5' showanswer='attempted'>" + QUESTION + "</problem>")
                .file(
                        "course/policies/run/policy.json",
                        "{\"sequential/s1\": {\"graded\": true, \"max_attempts\": 2},"
                                + " \"problem/p1\": {\"showanswer\": \"never\"}}");
        var quiz = quiz(read(archive));
        assertThat(quiz.graded()).isTrue();
        assertThat(quiz.maxAttempts()).as("the most generous").isEqualTo(5);
        assertThat(quiz.shown()).as("the latest").isEqualTo(Shown.NEVER);
    }

    @Test
    void gathersTheProblemsOfASequentialBehindItsPages() {
        var course = read(ArchiveBuilder.anArchive()
                .file(
                        "course.xml",
                        "<course display_name='C' org='O' course='C' url_name='r'><chapter><sequential>"
                                + "<vertical display_name='Page'><html><p>text</p></html><problem>" + QUESTION
                                + "</problem></vertical><vertical display_name='Only'><problem>" + QUESTION
                                + "</problem></vertical><problem>" + QUESTION
                                + "</problem></sequential></chapter></course>"));
        assertThat(quiz(course).questions()).hasSize(3);
        assertThat(course.pages()).extracting(ImportedPage::title).containsExactly("Page");
    }

    private ImportedCourse course(String blocks) {
        return read(ArchiveBuilder.aCourse(blocks));
    }

    private static ImportedQuiz quiz(ImportedCourse course) {
        return Objects.requireNonNull(course.lessons().getFirst().quiz());
    }
}
