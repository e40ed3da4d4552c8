package org.aula.notifications.email;

import io.micronaut.data.annotation.MappedEntity;

/// A row of `notification_templates`.
@MappedEntity("notification_templates")
record Template(String language, String subject, String text, String html) {}
