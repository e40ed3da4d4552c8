package org.aula.courses.olx;

/// One response of a problem, with what is asked in front of it.
///
/// @param sourceId the problem's `url_name`
/// @param html what is asked, sanitised like the HTML of blocks; never blank
/// @param answer how it is answered, with its key
/// @param points for a right answer, 1 to 1,000
/// @param explanation solution and hints, sanitised; may be empty
public record ImportedQuestion(String sourceId, String html, ImportedAnswer answer, int points, String explanation) {}
