package org.aula.notifications.email;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.aula.kernel.postgres.TextArray;

/// The table `notification_templates`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface TemplateRepository extends GenericRepository<Template, String> {

    /// The mail template of a kind in the first of these languages that has one.
    @Query("""
            SELECT language, subject, text, html FROM notification_templates
            WHERE kind = :kind AND channel = 'EMAIL' AND language = ANY (:languages)
            ORDER BY array_position(:languages, language) LIMIT 1
            """)
    Optional<Template> find(String kind, @TextArray List<String> languages);
}
