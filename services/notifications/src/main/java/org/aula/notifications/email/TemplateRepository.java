package org.aula.notifications.email;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `notification_templates`.
@Singleton
final class TemplateRepository {

    /// The mail template of a kind in the first of these languages that has one.
    Optional<Template> find(Handle handle, String kind, List<String> languages) {
        return handle.createQuery("""
                        SELECT language, subject, text, html FROM notification_templates
                        WHERE kind = :kind AND channel = 'EMAIL' AND language = ANY (:languages)
                        ORDER BY array_position(:languages, language) LIMIT 1
                        """)
                .bind("kind", kind)
                .bindArray("languages", String.class, languages)
                .map((row, context) -> new Template(
                        row.getString("language"),
                        row.getString("subject"),
                        row.getString("text"),
                        row.getString("html")))
                .findOne();
    }
}
