package org.aula.courses.section;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;

/// Sections to and from messages.
final class SectionMapper {

    private SectionMapper() {}

    /// A new section as asked for.
    ///
    /// @param sortOrder its place in the course
    static Section create(CreateSectionRequest request, int sortOrder) {
        return new Section(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getCourseId()),
                request.getTitle(),
                request.getDescription(),
                sortOrder);
    }

    /// A section after what the mask names was changed.
    static Section update(Section before, UpdateSectionRequest request) {
        var mask = request.getUpdateMask();
        if (mask.getPathsList().contains("title") && request.getTitle().isBlank()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "title", "must not be empty");
        }
        var now = UpdateSectionRequest.newBuilder()
                .setTitle(before.title())
                .setDescription(before.description())
                .build();
        var wanted = Updates.merge(now, request, mask);
        return before.describe(wanted.getTitle(), wanted.getDescription());
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

    static org.aula.api.courses.v1.SectionList toProto(SectionList list) {
        return org.aula.api.courses.v1.SectionList.newBuilder()
                .setCourseId(list.courseId().toString())
                .addAllSections(
                        list.sections().stream().map(SectionMapper::toProto).toList())
                .setTotal(list.total())
                .build();
    }
}
