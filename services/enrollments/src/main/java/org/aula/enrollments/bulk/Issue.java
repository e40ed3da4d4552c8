package org.aula.enrollments.bulk;

import io.micronaut.data.annotation.MappedEntity;

/// Why a line came to nothing.
///
/// @param element the column, or what it holds
/// @param reason for people
@MappedEntity("enrollment_list_issues")
record Issue(long line, String element, String reason) {}
