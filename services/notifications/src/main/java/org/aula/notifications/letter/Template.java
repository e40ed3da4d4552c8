package org.aula.notifications.letter;



/// A row of `notification_templates`.
record Template(String language, String subject, String text, String html) {}
