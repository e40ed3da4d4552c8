package org.aula.notifications.letter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a letter tells.
///
/// @param time when it happened
/// @param link empty for notices
/// @param expires when the link ends; null for notices
public record Facts(Instant time, String link, @Nullable Instant expires) {}
