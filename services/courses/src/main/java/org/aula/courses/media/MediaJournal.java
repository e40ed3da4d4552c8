package org.aula.courses.media;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// Says which assets were announced for a course that is being made, so that they can be deleted after a
/// crash.
@MappedEntity("media_journals")
record MediaJournal(UUID courseId) {}
