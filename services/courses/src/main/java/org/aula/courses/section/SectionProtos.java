package org.aula.courses.section;

import org.aula.api.courses.v1.SectionList;

/// Sections to messages.
final class SectionProtos {

    private SectionProtos() {}

    static org.aula.api.courses.v1.Section message(Section section) {
        return org.aula.api.courses.v1.Section.newBuilder()
                .setId(section.id().toString())
                .setCourseId(section.courseId().toString())
                .setTitle(section.title())
                .setDescription(section.description())
                .setSortOrder(section.sortOrder())
                .build();
    }

    static SectionList message(SectionRepository.Listed listed) {
        return SectionList.newBuilder()
                .setCourseId(listed.courseId().toString())
                .addAllSections(
                        listed.sections().stream().map(SectionProtos::message).toList())
                .setTotal(listed.total())
                .build();
    }
}
