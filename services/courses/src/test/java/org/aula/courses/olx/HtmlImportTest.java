package org.aula.courses.olx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
class HtmlImportTest extends ReadingTest {
    private static final String FILE = "course/html/h.html";

    @Test
    void keepsLessonContent() {
        String html =
                "<h2>Title</h2><ul><li><strong>a</strong></li></ul><pre><code class=\"language-sql\">SELECT 1;</code></pre>"
                        + "<table><thead><tr><th scope=\"col\">x</th></tr></thead><tbody><tr><td colspan=\"2\">y</td></tr></tbody></table>"
                        + "<p><a href=\"https://example.org/\" rel=\"noopener noreferrer\">site</a></p>";
        ImportedCourse course = course(html);
        assertThat(html(course)).isEqualTo(html);
        assertThat(course.skipped()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>x</p><script>alert(1)</script>",
                "<p onclick=\"alert(1)\">x</p>",
                "<p>x</p><img src=x onerror=alert(1)>",
                "<p><a href=\"java\tscript:alert(1)\">x</a></p>",
                "<p><a href=\"&#106;avascript:alert(1)\">x</a></p>",
                "<p>x</p><img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
                "<p>x</p><svg><style><img src=x onerror=alert(1)></style></svg>",
                "<p>x</p><math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "<p>x</p><noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
                "<p>x</p><form action=\"https://evil.example\"><input onfocus=alert(1) autofocus></form>",
                "<p>x</p><iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
                "<p>x</p><iframe src=\"javascript:alert(1)\"></iframe>",
                "<p>x</p><object data=\"javascript:alert(1)\"></object>",
                "<p style=\"background:url(javascript:alert(1))\">x</p>"
            })
    void removesWhatCouldRunAndSaysSo(String html) {
        ImportedCourse course = course(html);
        assertThat(html(course))
                .contains("x")
                .doesNotContainPattern("(?i)<(script|svg|math|style|iframe|object|form|input)")
                .doesNotContainPattern("(?i)<[^>]*(\\son\\w+\\s*=|javascript:|data:|style=)");
        assertThat(course.skipped())
                .isNotEmpty()
                .allSatisfy(skipped -> assertThat(skipped.file()).isEqualTo(FILE));
    }

    @Test
    void countsWhatWasRemoved() {
        ImportedCourse course = course("<p class='a' onclick='x()'>x</p><p class='b'>y</p>"
                + "<script>1</script><script>2</script><style>p {}</style><button>z</button>");
        assertThat(html(course)).isEqualTo("<p>x</p><p>y</p>z");
        assertThat(course.skipped())
                .containsExactlyInAnyOrder(
                        new Skipped(FILE, "script", SkipReason.SCRIPT_REMOVED, 2),
                        new Skipped(FILE, "onclick", SkipReason.EVENT_HANDLER_REMOVED, 1),
                        new Skipped(FILE, "style", SkipReason.STYLE_REMOVED, 1),
                        new Skipped(FILE, "button", SkipReason.ELEMENT_REMOVED, 1),
                        new Skipped(FILE, "@class", SkipReason.ATTRIBUTE_REMOVED, 2));
    }

    @Test
    void findsMediaUnderEveryWayToWriteThem() {
        ArchiveBuilder archive = archive("<p><img src='/static/a.png'><img src='/static/My%20file%20(1).png'>"
                        + "<img src='/static/My_file__1_.png'><img src='/asset-v1:O+C+R+type@asset+block@a.png'>"
                        + "<img src='https://studio.example/asset-v1:O+C+R+type@asset+block@a.png?x=1'>"
                        + "<img src='/c4x/O/C/asset/images_deep.png'></p>"
                        + "<video controls poster='/static/a.png'><source src='/static/film.mp4'></video>"
                        + "<object data='/static/doc.pdf' title='The paper'></object>")
                .file("course/static/a.png", "a")
                .file("course/static/My file (1).png", "b")
                .file("course/static/images/deep.png", "c")
                .file("course/static/film.mp4", "d")
                .file("course/static/doc.pdf", "e");
        ImportedCourse course = read(archive);
        assertThat(course.media())
                .extracting(MediaFile::archivePath)
                .containsExactlyInAnyOrder(
                        "course/static/a.png",
                        "course/static/My file (1).png",
                        "course/static/images/deep.png",
                        "course/static/film.mp4",
                        "course/static/doc.pdf");
        assertThat(html(course))
                .contains("src=\"aula-media:course%2Fstatic%2Fa.png\"")
                .contains("src=\"aula-media:course%2Fstatic%2FMy%20file%20%281%29.png\"")
                .contains("poster=\"aula-media:course%2Fstatic%2Fa.png\"")
                .contains("<a href=\"aula-media:course%2Fstatic%2Fdoc.pdf\" rel=\"noopener noreferrer\">The paper</a>")
                .doesNotContain("/static/", "asset-v1", "c4x");
        assertThat(Placeholders.rewrite(
                        html(course), placeholder -> "https://m/?p=1&f=" + Placeholders.archivePath(placeholder)))
                .contains("src=\"https://m/?p=1&amp;f=course/static/My file (1).png\"")
                .doesNotContain("aula-media:");
    }

    @Test
    void listsAddressesThatLeadNowhere() {
        ImportedCourse course = read(archive("<p><img src='/static/gone.png' alt='A picture'>"
                        + "<a href='/static/page.html'>page</a><a href='other'>relative</a>"
                        + "<a href='ftp://x/y'>ftp</a><a href='aula-media:course%2Fsecret'>forged</a></p>")
                .file("course/static/page.html", "<script>1</script>"));
        assertThat(html(course)).isEqualTo("<p>A picturepagerelativeftpforged</p>");
        assertThat(course.media()).isEmpty();
        assertThat(course.skippedByReason())
                .containsEntry(SkipReason.FILE_MISSING, 1)
                .containsEntry(SkipReason.LINK_REMOVED, 1)
                .containsEntry(SkipReason.ADDRESS_REMOVED, 2)
                .containsEntry(SkipReason.ACTIVE_CONTENT, 2);
    }

    @Test
    void linksWithinTheCourseBecomeLessonPlaceholders() {
        ImportedCourse course = course("<p><a href='/jump_to_id/v1'>page</a>"
                + "<a href='/courses/course-v1:A+B+C/jump_to/block-v1:A+B+C+type@sequential+block@s1'>lesson</a>"
                + "<a href='/jump_to_id/nowhere'>gone</a></p>");
        assertThat(html(course))
                .isEqualTo("<p><a href=\"aula-lesson:s1/v1\" rel=\"noopener noreferrer\">page</a>"
                        + "<a href=\"aula-lesson:s1/v1\" rel=\"noopener noreferrer\">lesson</a>gone</p>");
        assertThat(course.skippedByReason()).containsEntry(SkipReason.LINK_REMOVED, 1);
    }

    @Test
    void framesBecomeBlocksInOrder() {
        List<ImportedBlock> blocks = course(
                        "<p>before</p><div><iframe src='https://docs.example/d' title='Doc'></iframe></div>"
                                + "<iframe src='//www.youtube.com/embed/AOUEsgFrYeg?rel=0'></iframe><p>after</p>"
                                + "<iframe src='http://plain.example/'></iframe>")
                .blocks();
        assertThat(blocks)
                .extracting(block -> block.getClass().getSimpleName())
                .containsExactly("Html", "Embed", "Video", "Html");
        assertThat(blocks).extracting(ImportedBlock::sourceId).containsExactly("h", "h-2", "h-3", "h-4");
        assertThat(blocks.get(1)).isEqualTo(new ImportedBlock.Embed("h-2", "Doc", "https://docs.example/d"));
    }

    @Test
    void skipsWhatIsTooDeepOrHasTooManyTags() {
        assertThat(html(course("<div>".repeat(150) + "deep"))).contains("deep");
        for (String html : List.of("<div>".repeat(10_000) + "deep", "<b>".repeat(49_000) + "x", "<b>".repeat(60_000))) {
            ImportedCourse course = course(html);
            assertThat(course.blocks()).isEmpty();
            assertThat(course.skipped()).extracting(Skipped::reason).containsExactly(SkipReason.TOO_COMPLEX);
        }
    }

    private static ArchiveBuilder archive(String html) {
        return ArchiveBuilder.aCourse("<html url_name='h'/>")
                .file("course/html/h.xml", "<html filename='h'/>")
                .file(FILE, html);
    }

    private ImportedCourse course(String html) {
        return read(archive(html));
    }

    private static String html(ImportedCourse course) {
        return ((ImportedBlock.Html) course.blocks().getFirst()).html();
    }
}
