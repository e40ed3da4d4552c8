package org.aula.courses.olx;

/// One thing that was not taken over.
///
/// @param file name in the archive of the file that holds it
/// @param element what it is: an element with its title or id, an attribute, an address; empty for a whole
///     file
/// @param reason why
/// @param count how many alike the entry stands for, at least 1
public record Skipped(String file, String element, SkipReason reason, int count) {}
