package org.aula.courses.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.courses.lesson.Drafts.aPage;
import static org.aula.courses.lesson.Drafts.html;

import io.grpc.Status.Code;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.BlockDifference;
import org.aula.api.courses.v1.CompareLessonRevisionsRequest;
import org.aula.api.courses.v1.CompareLessonRevisionsResponse;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.DifferenceKind;
import org.aula.api.courses.v1.EmbedBlock;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.Lesson;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RevisionComparisonTest {

    private static final ContentBlock A = html("<p>A</p>");
    private static final ContentBlock B = html("<p>B</p>");
    private static final ContentBlock C = html("<p>C</p>");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();
    private final Drafts drafts = new Drafts(campus, author);

    @Test
    void findsABlockThatIsNewAmongOthersThatMoved() {
        var lesson = drafts.ofADraft();
        drafts.write(lesson, "", aPage("one", A, C));
        drafts.write(lesson, "", aPage("one", A, B, C));
        var difference = only(compare(lesson, 1, 2));
        assertThat(difference.getKind()).isEqualTo(DifferenceKind.DIFFERENCE_KIND_ADDED);
        assertThat(difference.getPageId()).isEqualTo("one");
        assertThat(difference.getBlockIndex()).isEqualTo(1);
        assertThat(difference.getAfter().getHtml().getHtml()).isEqualTo("<p>B</p>");
        assertThat(difference.hasBefore()).isFalse();

        var back = only(compare(lesson, 2, 1));
        assertThat(back.getKind()).isEqualTo(DifferenceKind.DIFFERENCE_KIND_REMOVED);
        assertThat(back.getBlockIndex()).isEqualTo(1);
        assertThat(back.hasAfter()).isFalse();
    }

    @Test
    void tellsWhichLinesOfATextChanged() {
        var lesson = drafts.ofADraft();
        drafts.write(lesson, "", aPage("one", A, html("<p>First</p><p>Second</p><p>Third</p>")));
        drafts.write(lesson, "", aPage("one", A, html("<p>First</p><p>Other</p><p>Third</p>")));
        var difference = only(compare(lesson, 1, 2));
        assertThat(difference.getKind()).isEqualTo(DifferenceKind.DIFFERENCE_KIND_CHANGED);
        assertThat(difference.getTextDifference()).isEqualTo("""
                        --- before
                        +++ after
                        @@ -1,3 +1,3 @@
                         <p>First</p>
                        -<p>Second</p>
                        +<p>Other</p>
                         <p>Third</p>""");
    }

    @Test
    void matchesPagesByTheirIdsAndNamesThoseThatAreGoneLast() {
        var lesson = drafts.ofADraft();
        drafts.write(lesson, "", aPage("one", A), aPage("two", B));
        drafts.write(lesson, "", aPage("three", C), aPage("one", A, B));
        var differences = compare(lesson, 1, 2).getDifferencesList();
        assertThat(differences)
                .extracting(difference -> difference.getPageId() + " "
                        + difference.getKind().name().substring("DIFFERENCE_KIND_".length()) + " "
                        + difference.getBlockIndex())
                .containsExactly("three ADDED 0", "one ADDED 1", "two REMOVED 0");
    }

    @Test
    void tellsNothingOfTwoThatAreAlikeAndNoLinesOfWhatIsNoText() {
        var lesson = drafts.ofADraft();
        drafts.write(lesson, "", aPage("one", A, embed("https://example.org/1")));
        drafts.write(lesson, "", aPage("one", A, embed("https://example.org/2")));
        assertThat(compare(lesson, 1, 1).getDifferencesCount()).isZero();
        var difference = only(compare(lesson, 1, 2));
        assertThat(difference.getTextDifference()).isEmpty();
        assertThat(difference.getBefore()).isEqualTo(embed("https://example.org/1"));
    }

    @Test
    void doesNotLookIntoVeryLongTextsAndLeavesOutWhatIsTooMuchToSend() {
        var lesson = drafts.ofADraft();
        drafts.write(lesson, "", aPage("one", manyLines("a"), manyLines("b"), manyLines("c"), manyLines("d")));
        drafts.write(lesson, "", aPage("one", manyLines("e"), manyLines("f"), manyLines("g"), manyLines("h")));
        var compared = compare(lesson, 1, 2);
        assertThat(compared.getShortened()).isTrue();
        assertThat(compared.getDifferencesList()).hasSize(4).allSatisfy(difference -> {
            assertThat(difference.getTextDifference()).isEmpty();
            assertThat(difference.getKind()).isEqualTo(DifferenceKind.DIFFERENCE_KIND_CHANGED);
        });
        assertThat(compared.getDifferences(0).hasAfter()).isTrue();
        assertThat(compared.getDifferences(3).hasAfter()).isFalse();
    }

    @Test
    void refusesARevisionThatIsNotThere() throws Exception {
        var lesson = drafts.ofADraft();
        drafts.write(lesson, "", aPage("one", A));
        for (var pair : new int[][] {{1, 2}, {2, 1}}) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_REVISION_NOT_FOUND,
                    () -> compare(lesson, pair[0], pair[1]));
        }
        var refusal = Refusal.of(() -> compare(lesson, 0, -1));
        assertThat(refusal.fields()).containsExactlyInAnyOrder("from_revision", "to_revision");
    }

    private static BlockDifference only(CompareLessonRevisionsResponse compared) {
        assertThat(compared.getDifferencesList()).hasSize(1);
        return compared.getDifferences(0);
    }

    private CompareLessonRevisionsResponse compare(Lesson lesson, int from, int to) {
        return campus.lessons(author)
                .compareLessonRevisions(CompareLessonRevisionsRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setFromRevision(from)
                        .setToRevision(to)
                        .build());
    }

    private static ContentBlock manyLines(String word) {
        return html(IntStream.range(0, 40_000)
                .mapToObj(number -> "<p>" + word + "</p>")
                .collect(Collectors.joining()));
    }

    private static ContentBlock embed(String url) {
        return ContentBlock.newBuilder()
                .setEmbed(EmbedBlock.newBuilder().setUrl(url))
                .build();
    }
}
