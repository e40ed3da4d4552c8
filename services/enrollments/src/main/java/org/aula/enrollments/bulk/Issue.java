package org.aula.enrollments.bulk;

/// Why a line came to nothing.
///
/// @param element the column, or what it holds
/// @param reason for people
record Issue(long line, String element, String reason) {}
