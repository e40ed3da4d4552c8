package org.aula.notifications.email;

import com.samskivert.mustache.Mustache;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.aula.kernel.postgres.Database;

/// Fills the template of an email in the reader's language, or in English. Whatever a person wrote is
/// escaped in HTML, and a subject is one line whatever is in it. A template that uses a name that its kind
/// does not bring fails.
@Singleton
public final class EmailRenderer {

    private static final String FALLBACK = "en";
    private static final Mustache.Compiler PLAIN =
            Mustache.compiler().escapeHTML(false).strictSections(true).emptyStringIsFalse(true);
    private static final Mustache.Compiler HTML = PLAIN.escapeHTML(true);

    private final Database database;
    private final TemplateRepository templates;
    private final String platform;
    private final com.samskivert.mustache.Template page;

    EmailRenderer(
            Database database,
            TemplateRepository templates,
            @Value("${aula.notifications.platform-name}") String platform) {
        this.database = database;
        this.templates = templates;
        this.platform = platform;
        this.page = HTML.compile(resource("page.html"));
    }

    /// Writes an email.
    ///
    /// @throws IllegalStateException when there is no template of the kind, or it does not fill
    public Email write(EmailKind kind, Reader reader, Facts facts) {
        var template = database.query(() -> templates.find(kind.code(), languages(reader.language())))
                .orElseThrow(() -> new IllegalStateException("no template of " + kind.code()));
        return fill(template, kind, reader, facts);
    }

    Email fill(Template template, EmailKind kind, Reader reader, Facts facts) {
        var values = values(kind, template.language(), reader, facts);
        try {
            var subject = oneLine(PLAIN.compile(template.subject()).execute(values));
            var inside = HTML.compile(template.html()).execute(values);
            var html = page.execute(Map.of("language", template.language(), "subject", subject, "inside", inside));
            return new Email(
                    template.language(), subject, PLAIN.compile(template.text()).execute(values), html);
        } catch (RuntimeException broken) {
            throw new IllegalStateException(
                    "the template of " + kind.code() + " in " + template.language() + " does not fill", broken);
        }
    }

    private Map<String, Object> values(EmailKind kind, String language, Reader reader, Facts facts) {
        var formatter = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(Locale.forLanguageTag(language))
                .withZone(reader.zone());
        var all = new HashMap<String, Object>();
        all.put("name", reader.name());
        all.put("platform", platform);
        all.put("time", moment(formatter, facts.time()));
        all.put("link", facts.link());
        all.put("expires", facts.expires() == null ? "" : moment(formatter, facts.expires()));
        all.put("course", facts.course());
        all.put("number", facts.number());
        all.keySet().retainAll(kind.variables());
        return all;
    }

    private static String moment(DateTimeFormatter formatter, Instant time) {
        return formatter.format(time) + " (" + formatter.getZone() + ")";
    }

    /// `pt-BR`, then `pt`, then English.
    static List<String> languages(String tag) {
        var locale = Locale.forLanguageTag(tag);
        var all = new LinkedHashSet<String>();
        all.add(locale.toLanguageTag());
        all.add(locale.getLanguage());
        all.add(FALLBACK);
        return List.copyOf(all);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(EmailRenderer.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
