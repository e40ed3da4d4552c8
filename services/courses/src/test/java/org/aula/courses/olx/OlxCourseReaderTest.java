package org.aula.courses.olx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class OlxCourseReaderTest extends ReadingTest {
    private static final String RUN_XML = "course/course/run.xml";

    @Test
    void readsTheCourseItself() {
        ImportedCourse course = read(ArchiveBuilder.aCourse("")
                .file("course/about/short_description.html", "Short &amp; <b>plain</b>")
                .file("course/about/overview.html", "<h2>About</h2><script>x()</script>")
                .file("course/policies/run/policy.json", "{\"course/run\": {\"course_image\": \"card one.png\"}}")
                .file("course/static/card one.png", "png"));
        assertThat(course.sourceId()).isEqualTo("Aula+T1+run");
        assertThat(course.title()).isEqualTo("Testing");
        assertThat(course.language()).isEqualTo("en");
        assertThat(course.shortDescription()).isEqualTo("Short & plain");
        assertThat(course.overviewHtml()).isEqualTo("<h2>About</h2>");
        assertThat(course.image()).isEqualTo("aula-media:course%2Fstatic%2Fcard%20one.png");
        assertThat(course.media())
                .extracting(MediaFile::fileName, MediaFile::contentType, MediaFile::sizeBytes)
                .containsExactly(tuple("card one.png", "image/png", 3L));
        assertThat(course.skipped())
                .containsExactly(new Skipped("course/about/overview.html", "script", SkipReason.SCRIPT_REMOVED, 1));
    }

    @Test
    void readsSectionsLessonsAndPagesInOrderWithNamesOfThePolicy() {
        ImportedCourse course = read(
                ArchiveBuilder.anArchive()
                        .file("course.xml", "<course url_name='run' org='O' course='C'/>")
                        .file("course/run.xml", "<course><chapter url_name='b'/><chapter url_name='a'/></course>")
                        .file("chapter/a.xml", "<chapter display_name='A'/>")
                        .file("chapter/b.xml", "<chapter><sequential url_name='s_1'/></chapter>")
                        .file(
                                "sequential/s_1.xml",
                                "<sequential><vertical url_name='v2'/><vertical url_name='v1'/></sequential>")
                        .file("vertical/v1.xml", "<vertical display_name='One'/>")
                        .file("vertical/v2.xml", "<vertical display_name='Two'/>")
                        .file(
                                "policies/run/policy.json",
                                "{\"course/run\": {\"display_name\": \"From policy\"}, \"chapter/b\": {\"display_name\": \"B\"}}"));
        assertThat(course.title()).isEqualTo("From policy");
        assertThat(course.sections()).extracting(ImportedSection::title).containsExactly("B", "A");
        assertThat(course.lessons()).extracting(ImportedLesson::title).containsExactly("s 1");
        assertThat(course.pages()).extracting(ImportedPage::title).containsExactly("Two", "One");
        assertThat(course.skipped()).isEmpty();
    }

    @Test
    void takesInlineAndOddlyNestedStructure() {
        ImportedCourse course = read(ArchiveBuilder.anArchive()
                .file(
                        "course.xml",
                        "<course display_name='Inline' org='O' course='C' url_name='r'><chapter display_name='C'>"
                                + "<vertical display_name='V'><html><p>1</p></html><vertical><html><p>2</p></html></vertical></vertical>"
                                + "<sequential display_name='S'><html display_name='Alone'><p>3</p></html>"
                                + "<sequential><vertical display_name='Deep'/></sequential></sequential>"
                                + "</chapter></course>"));
        assertThat(course.lessons()).extracting(ImportedLesson::title).containsExactly("V", "S");
        assertThat(course.pages()).extracting(ImportedPage::title).containsExactly("V", "Alone", "Deep");
        assertThat(course.pages().getFirst().blocks())
                .extracting(block -> ((ImportedBlock.Html) block).html())
                .containsExactly("<p>1</p>", "<p>2</p>");
        assertThat(course.blocks()).extracting(ImportedBlock::sourceId).doesNotHaveDuplicates();
    }

    @Test
    void readsHtmlFromWhereverItIsWritten() {
        ImportedCourse course = read(ArchiveBuilder.aCourse("<html url_name='h1'/><html url_name='h2'/>"
                        + "<html url_name='h3'/><html><![CDATA[<p>cdata</p>]]></html>")
                .file("course/html/h1.xml", "<html filename='other' display_name='First'/>")
                .file("course/html/other.html", "<p>file</p>")
                .file("course/html/h2.xml", "<html><p>in &lt;xml&gt;<br/></p></html>")
                .file("course/html/h3.html", "<p>only html</p>"));
        assertThat(course.blocks())
                .extracting(block -> ((ImportedBlock.Html) block).html())
                .containsExactly("<p>file</p>", "<p>in &lt;xml&gt;<br /></p>", "<p>only html</p>", "<p>cdata</p>");
        assertThat(course.blocks().getFirst().title()).isEqualTo("First");
        assertThat(course.skipped()).isEmpty();
    }

    @Test
    void readsVideos() {
        ImportedCourse course = read(ArchiveBuilder.aCourse("<video url_name='v' display_name='Film' "
                        + "youtube='0.75:aaaaaaaaaaa,1.00:AOUEsgFrYeg' start_time='00:01:05' end_time='130.5' "
                        + "html5_sources='[\"https://cdn.example/film.mp4\", \"/static/film.mp4\"]' "
                        + "transcripts='{\"en\": \"film-en.srt\", \"de\": \"gone.srt\"}' handout='/static/slides.pdf'>"
                        + "<video_asset duration='200.5'/></video><video url_name='none'/>")
                .file("course/video/none.xml", "<video display_name='No source'/>")
                .file("course/static/film.mp4", "m")
                .file("course/static/film-en.srt", "s")
                .file("course/static/slides.pdf", "p"));
        assertThat(course.blocks())
                .containsExactly(
                        new ImportedBlock.Video(
                                "v",
                                "Film",
                                "AOUEsgFrYeg",
                                List.of("https://cdn.example/film.mp4", "aula-media:course%2Fstatic%2Ffilm.mp4"),
                                Duration.ofSeconds(65),
                                Duration.ofMillis(130_500),
                                Duration.ofMillis(200_500),
                                Map.of("en", "aula-media:course%2Fstatic%2Ffilm-en.srt")),
                        new ImportedBlock.Media("v-2", "slides.pdf", "aula-media:course%2Fstatic%2Fslides.pdf"));
        assertThat(course.media()).hasSize(3);
        assertThat(course.skipped())
                .extracting(Skipped::reason)
                .containsExactly(SkipReason.FILE_MISSING, SkipReason.VIDEO_WITHOUT_SOURCE);
    }

    @Test
    void listsWhatCannotBeTakenOverAndImportsTheRest() {
        ImportedCourse course = read(ArchiveBuilder.aCourse("<problem url_name='p1'/><library_content url_name='lib'/>"
                        + "<conditional display_name='If'/><split_test/><discussion/><brandnew/>"
                        + "<html url_name='gone'/><html url_name='broken'/><html filename='nofile'/>"
                        + "<html url_name='ok'/><html url_name='ok'/><html visible_to_staff_only='true'><p>key</p></html>"
                        + "<html><style>p {}</style></html>")
                .file("course/problem/p1.xml", "<problem display_name='Quiz'><p/></problem>")
                .file("course/problem/p2.xml", "<problem/>")
                .file("course/library_content/lib.xml", "<library_content><problem url_name='p2'/></library_content>")
                .file("course/html/broken.xml", "<html><p></html>")
                .file("course/html/ok.xml", "<html filename='ok'/>")
                .file("course/html/ok.html", "<p>fine</p>")
                .file("course/html/orphan.html", "<p>nobody asks</p>")
                .file("course/vertical/orphan.xml", "<vertical/>")
                .file("course/drafts/vertical/d.xml", "<vertical/>")
                .file("course/static/unused.png", "x")
                .file("course/static/code.js", "x")
                .file("course/info/updates.html", "x")
                .file("README", "x"));
        assertThat(course.blocks()).containsExactly(new ImportedBlock.Html("ok", "", "<p>fine</p>"));
        String page = "course/vertical/v1.xml";
        assertThat(course.skipped())
                .extracting(Skipped::file, Skipped::reason)
                .containsExactlyInAnyOrder(
                        tuple("course/problem/p1.xml", SkipReason.PROBLEM_WITHOUT_RESPONSE),
                        tuple("course/library_content/lib.xml", SkipReason.KIND_NOT_SUPPORTED),
                        tuple("course/problem/p2.xml", SkipReason.KIND_NOT_SUPPORTED),
                        tuple(page, SkipReason.KIND_NOT_SUPPORTED),
                        tuple(page, SkipReason.KIND_NOT_SUPPORTED),
                        tuple(page, SkipReason.KIND_NOT_SUPPORTED),
                        tuple(page, SkipReason.KIND_UNKNOWN),
                        tuple(page, SkipReason.FILE_MISSING),
                        tuple("course/html/broken.xml", SkipReason.MALFORMED),
                        tuple(page, SkipReason.FILE_MISSING),
                        tuple(page, SkipReason.DUPLICATE_REFERENCE),
                        tuple(page, SkipReason.STAFF_ONLY),
                        tuple(page, SkipReason.STYLE_REMOVED),
                        tuple(page, SkipReason.EMPTY),
                        tuple("course/html/orphan.html", SkipReason.NOT_REFERENCED),
                        tuple("course/vertical/orphan.xml", SkipReason.NOT_REFERENCED),
                        tuple("course/drafts/vertical/d.xml", SkipReason.DRAFT),
                        tuple("course/static/unused.png", SkipReason.MEDIA_NOT_REFERENCED),
                        tuple("course/static/code.js", SkipReason.ACTIVE_CONTENT),
                        tuple("course/info/updates.html", SkipReason.NOT_COURSE_CONTENT),
                        tuple("README", SkipReason.NOT_COURSE_CONTENT));
    }

    @Test
    void refusesWhatIsNoCourse() {
        refused(ArchiveBuilder.anArchive().file("readme.txt", "x"), RefusalReason.COURSE_XML_MISSING);
        refused(
                ArchiveBuilder.anArchive().file("course.xml", "<course url_name='r'/>"),
                RefusalReason.COURSE_XML_MISSING);
        refused(ArchiveBuilder.anArchive().file("course.xml", "<course"), RefusalReason.COURSE_XML_MALFORMED);
        refused(ArchiveBuilder.anArchive().file("course.xml", "<library/>"), RefusalReason.NOT_A_COURSE);
    }

    @Test
    void refusesCycles() {
        refused(
                ArchiveBuilder.anArchive()
                        .file(RUN_XML, "<course><chapter url_name='a'/></course>")
                        .file("course/course.xml", "<course url_name='run'/>")
                        .file("course/chapter/a.xml", "<chapter><chapter url_name='b'/></chapter>")
                        .file("course/chapter/b.xml", "<chapter><sequential/><chapter url_name='a'/></chapter>"),
                RefusalReason.CYCLIC_REFERENCE);
        refused(ArchiveBuilder.aCourse("<vertical url_name='v1'/>"), RefusalReason.CYCLIC_REFERENCE);
    }

    @Test
    void refusesEndlessChainsOfReferences() {
        ArchiveBuilder builder = ArchiveBuilder.aCourse("<vertical url_name='n0'/>");
        for (int i = 0; i < 100; i++) {
            builder.file(
                    "course/vertical/n" + i + ".xml", "<vertical><vertical url_name='n" + (i + 1) + "'/></vertical>");
        }
        refused(builder, RefusalReason.REFERENCES_TOO_DEEP);
    }

    @Test
    void doesNotMultiplyFilesThatReferToEachOtherTwice() {
        ArchiveBuilder builder = ArchiveBuilder.aCourse("<vertical url_name='n0'/>");
        for (int i = 0; i < 25; i++) {
            String next = "<vertical url_name='n" + (i + 1) + "'/>";
            builder.file("course/vertical/n" + i + ".xml", "<vertical>" + next + next + "</vertical>");
        }
        builder.file("course/vertical/n25.xml", "<vertical><html><p>once</p></html></vertical>");
        assertThat(read(builder).blocks()).hasSize(1);
    }

    @Test
    void refusesDoctypesAndEntities() throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret.txt"), "secret");
        for (String doctype : new String[] {
            "<!DOCTYPE html [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>",
            "<!DOCTYPE html SYSTEM 'http://127.0.0.1:1/evil.dtd'>",
            "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY x '&a;&a;&a;&a;'>]>",
            "<!DOCTYPE html [<!ENTITY % p SYSTEM '" + secret.toUri() + "'> %p;]>"
        }) {
            ArchiveBuilder archive = ArchiveBuilder.aCourse("<html url_name='h'/>")
                    .file("course/html/h.xml", doctype + "<html>&x;</html>");
            assertThatThrownBy(() -> read(archive)).isInstanceOfSatisfying(UnsafeArchiveException.class, e -> {
                assertThat(e.reason()).isEqualTo(RefusalReason.XML_DOCTYPE);
                assertThat(e.entry()).isEqualTo("course/html/h.xml");
            });
        }
    }

    @Test
    void refusesDeepAndWideXml() {
        ArchiveBuilder deep = ArchiveBuilder.aCourse("<a>".repeat(50_000) + "</a>".repeat(50_000));
        assertThatThrownBy(() -> read(deep))
                .isInstanceOfSatisfying(
                        UnsafeArchiveException.class,
                        e -> assertThat(e.reason()).isEqualTo(RefusalReason.XML_TOO_COMPLEX));
        ArchiveBuilder wide = ArchiveBuilder.aCourse("<a/>".repeat(100_001));
        assertThatThrownBy(() -> read(wide))
                .isInstanceOfSatisfying(
                        UnsafeArchiveException.class,
                        e -> assertThat(e.reason()).isEqualTo(RefusalReason.XML_TOO_COMPLEX));
    }

    @Test
    void keepsUrlNamesInsideTheArchive() {
        ImportedCourse course = read(ArchiveBuilder.aCourse(
                "<html url_name='../../../../etc/passwd'/><html filename='../../secret'/><video url_name='v' "
                        + "html5_sources='[\"file:///etc/passwd\"]'/>"));
        assertThat(course.blocks()).isEmpty();
        assertThat(course.media()).isEmpty();
        assertThat(course.skippedByReason()).containsEntry(SkipReason.FILE_MISSING, 3);
    }

    @Test
    void stopsWhenCancelled() throws Exception {
        Path archive = ArchiveBuilder.aCourse("").writeTo(temporary);
        try (OlxArchive extracted = OlxArchive.extract(
                archive, temporary.resolve("target"), Limits.DEFAULT, (done, total) -> {}, () -> false)) {
            assertThatThrownBy(() -> OlxCourseReader.read(extracted, Limits.DEFAULT, () -> true))
                    .isInstanceOf(CancellationException.class);
        }
    }

    private void refused(ArchiveBuilder archive, RefusalReason reason) {
        assertThatThrownBy(() -> read(archive))
                .isInstanceOfSatisfying(
                        InvalidCourseException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
