package org.aula.enrollments.bulk;

/// A line of the CSV as it stands there; absent columns are empty.
///
/// @param number the line on which it ends, the first is 1
record ListLine(long number, String userId, String email, String courseId, String expiresAt) {}
