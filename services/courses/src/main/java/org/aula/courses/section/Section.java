package org.aula.courses.section;

import java.util.UUID;

/// A part of a course that groups lessons.
///
/// @param sortOrder place within the course, ascending from 0
public record Section(UUID id, UUID courseId, String title, String description, int sortOrder) {}
