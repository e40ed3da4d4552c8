package org.aula.notifications.letter;



/// A letter as it is read.
///
/// @param language that it is written in
/// @param subject one line
/// @param html a whole page
public record Letter(String language, String subject, String text, String html) {}
