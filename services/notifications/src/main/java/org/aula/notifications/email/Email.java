package org.aula.notifications.email;

/// An email as it is read.
///
/// @param language that it is written in
/// @param subject one line
/// @param html a whole page
public record Email(String language, String subject, String text, String html) {}
