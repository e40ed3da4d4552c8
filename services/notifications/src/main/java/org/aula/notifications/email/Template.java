package org.aula.notifications.email;

/// A row of `notification_templates`.
record Template(String language, String subject, String text, String html) {}
