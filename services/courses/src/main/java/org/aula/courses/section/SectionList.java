package org.aula.courses.section;

import java.util.List;
import java.util.UUID;

/// Sections of one course.
///
/// @param sections the first ones, in order
/// @param total how many there are in all
record SectionList(UUID courseId, List<Section> sections, int total) {

    SectionList {
        sections = List.copyOf(sections);
    }
}
