package org.aula.notifications.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.samskivert.mustache.Mustache;
import java.sql.Array;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every template that the schema brings.
class TemplatesTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("notifications");

    private static final Instant NOON = Instant.parse("2026-05-02T12:00:00Z");
    private static final String LINK = "https://aula.example/reset-password?token=a_b-c&x=1";
    private static final Reader ADA = Reader.of("Ada", "en", "Europe/Madrid");

    /// A row of the table with what it declares.
    record Seeded(String kind, Template template, Set<String> variables) {}

    static Stream<Seeded> seeded() {
        return platform
                .superuser()
                .withHandle(handle -> handle.createQuery("SELECT * FROM notifications.notification_templates")
                        .map((row, context) -> new Seeded(
                                row.getString("kind"),
                                new Template(
                                        row.getString("language"),
                                        row.getString("subject"),
                                        row.getString("text"),
                                        row.getString("html")),
                                Set.of(strings(row.getArray("variables")))))
                        .list())
                .stream();
    }

    private static String[] strings(Array array) throws java.sql.SQLException {
        return (String[]) array.getArray();
    }

    private static EmailRenderer writer() {
        return platform.bean("notifications", EmailRenderer.class);
    }

    private static Facts facts(EmailKind kind) {
        return kind.variables().contains("link")
                ? new Facts(NOON, LINK, NOON.plusSeconds(3600), "Graphs", "7K2M-Q9XD")
                : Facts.ofAccount(NOON, "", null);
    }

    @Test
    void everyKindIsThereInEnglishAndSpanish() {
        assertThat(seeded().map(seeded ->
                        seeded.kind() + " " + seeded.template().language()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(EmailKind.values())
                        .flatMap(kind -> Stream.of(kind.code() + " en", kind.code() + " es"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("seeded")
    void declaresWhatItUsesAndUsesOnlyWhatItsKindBrings(Seeded seeded) {
        var kind = EmailKind.find(seeded.kind()).orElseThrow();
        var used = new TreeSet<String>();
        var template = seeded.template();
        for (var text : List.of(template.subject(), template.text(), template.html())) {
            used.addAll(variables(text));
        }

        assertThat(used).containsExactlyInAnyOrderElementsOf(seeded.variables());
        assertThat(kind.variables()).containsAll(used);
        if (kind.variables().contains("link")) {
            assertThat(variables(template.text())).contains("link", "expires");
            assertThat(variables(template.html())).contains("link", "expires");
        }
    }

    @ParameterizedTest
    @MethodSource("seeded")
    void fillsForSomebodyWithANameAndForSomebodyWithout(Seeded seeded) {
        var kind = EmailKind.find(seeded.kind()).orElseThrow();
        for (var reader : List.of(ADA, Reader.UNKNOWN)) {
            var email = writer().fill(seeded.template(), kind, reader, facts(kind));

            assertThat(email.subject()).isNotBlank().doesNotContain("{{").doesNotContain("\n");
            assertThat(email.text()).doesNotContain("{{").contains("Aula");
            assertThat(email.html()).doesNotContain("{{").contains("lang=\"" + email.language() + "\"");
            assertThat(email.text().contains("Ada")).isEqualTo(reader == ADA);
            assertThat(email.html().contains("Ada")).isEqualTo(reader == ADA);
            if (kind.variables().contains("link")) {
                assertThat(email.text()).contains(LINK);
                assertThat(email.html())
                        .contains("href=\"https://aula.example/reset-password?token&#x3D;a_b-c&amp;x&#x3D;1\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EmailKind.class)
    void aLanguageWithoutTemplateFallsBackToEnglish(EmailKind kind) throws Exception {
        assertThat(write(kind, Reader.of("Ada", "pt-BR", "")).language()).isEqualTo("en");
        assertThat(write(kind, Reader.of("Ada", "es-MX", "")).language()).isEqualTo("es");
        assertThat(write(kind, Reader.of("Ada", "not a language", "")).language())
                .isEqualTo("en");
    }

    private static Email write(EmailKind kind, Reader reader) throws Exception {
        return platform.inside("notifications", () -> writer().write(kind, reader, facts(kind)));
    }

    @Test
    void timesAreToldInTheReadersLanguageAndZone() throws Exception {
        var spanish =
                write(EmailKind.PASSWORD_RESET_REQUESTED, new Reader("Ada", "es", ZoneId.of("America/Mexico_City")));

        assertThat(spanish.text())
                .contains("2 de mayo de 2026")
                .contains("7:00")
                .contains("(America/Mexico_City)");
    }

    @Test
    void whatAPersonWroteIsEscapedInHtml() {
        var template = new Template("en", "Hi {{name}}", "{{name}}", "<p>{{name}}</p>");
        var reader = new Reader("<img src=x>&\n", "en", ZoneId.of("UTC"));

        var email = writer().fill(template, EmailKind.PASSWORD_CHANGED, reader, facts(EmailKind.PASSWORD_CHANGED));

        assertThat(email.html()).contains("<p>&lt;img src&#x3D;x&gt;&amp;").doesNotContain("<img");
        assertThat(email.subject()).isEqualTo("Hi <img src=x>&");
    }

    @Test
    void aCertificateWithoutAnEndTellsOfNone() throws Exception {
        for (var language : List.of("en", "es")) {
            var endless = platform.inside(
                    "notifications",
                    () -> writer().write(
                                    EmailKind.CERTIFICATE_ISSUED,
                                    new Reader("Ada", language, ZoneId.of("UTC")),
                                    new Facts(NOON, LINK, null, "Graphs", "7K2M-Q9XD")));

            assertThat(endless.text()).contains("Graphs", "7K2M-Q9XD.").doesNotContain("until", "hasta");
            assertThat(endless.html()).contains("Graphs", "7K2M-Q9XD.").doesNotContain("until", "hasta");
        }
    }

    @Test
    void aSubjectStaysOneLine() {
        var template = new Template("en", "{{name}} 1", "x", "x");
        var reader = new Reader("a\r\nBcc: eve@test.example\u2028b\u0000", "en", ZoneId.of("UTC"));

        var email = writer().fill(template, EmailKind.PASSWORD_CHANGED, reader, facts(EmailKind.PASSWORD_CHANGED));

        assertThat(email.subject()).isEqualTo("a Bcc: eve@test.example b 1");
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void aTemplateThatUsesWhatItsKindDoesNotBringFails(String text) {
        var template = new Template("en", "Hi", text, "x");

        assertThatThrownBy(() ->
                        writer().fill(template, EmailKind.PASSWORD_CHANGED, ADA, facts(EmailKind.PASSWORD_CHANGED)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("auth.password_changed in en does not fill");
    }

    static Stream<String> brokenTexts() {
        return Stream.of(
                "{{link}}", "{{nmae}}", "{{#nmae}}x{{/nmae}}", "{{^nmae}}x{{/nmae}}", "{{#name}}", "{{>other}}");
    }

    private static Set<String> variables(String text) {
        var found = new TreeSet<String>();
        Mustache.compiler().compile(text).visit(new Mustache.Visitor() {
            @Override
            public void visitText(String ignored) {}

            @Override
            public void visitVariable(String name) {
                found.add(name);
            }

            @Override
            public boolean visitInclude(String name) {
                return true;
            }

            @Override
            public boolean visitSection(String name) {
                found.add(name);
                return true;
            }

            @Override
            public boolean visitInvertedSection(String name) {
                found.add(name);
                return true;
            }
        });
        return found;
    }
}
