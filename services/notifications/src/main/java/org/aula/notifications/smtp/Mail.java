package org.aula.notifications.smtp;

import java.time.Instant;
import java.util.UUID;

/// A mail to one address.
///
/// @param id the Message-ID is made of it, so that a mail that is sent twice can be recognised
/// @param to address
/// @param language BCP 47 tag of what it says
/// @param date when it is sent
public record Mail(UUID id, String to, String language, String subject, String text, String html, Instant date) {}
