package org.aula.courses.section;

import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.SectionList;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.kernel.error.Errors;

/// Sections to and from messages.
final class SectionMapper {

    private SectionMapper() {}

    /// A section after what the mask names was changed.
    static Section update(Section before, UpdateSectionRequest request) {
        var mask = request.getUpdateMask().getPathsList();
        if (mask.contains("title") && request.getTitle().isBlank()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "title", "must not be empty");
        }
        return before.describe(
                mask.contains("title") ? request.getTitle() : before.title(),
                mask.contains("description") ? request.getDescription() : before.description());
    }

    static org.aula.api.courses.v1.Section toProto(Section section) {
        return org.aula.api.courses.v1.Section.newBuilder()
                .setId(section.id().toString())
                .setCourseId(section.courseId().toString())
                .setTitle(section.title())
                .setDescription(section.description())
                .setSortOrder(section.sortOrder())
                .setEtag(Long.toString(section.version()))
                .build();
    }

    static SectionList toProto(SectionRepository.Listed listed) {
        return SectionList.newBuilder()
                .setCourseId(listed.courseId().toString())
                .addAllSections(
                        listed.sections().stream().map(SectionMapper::toProto).toList())
                .setTotal(listed.total())
                .build();
    }
}
