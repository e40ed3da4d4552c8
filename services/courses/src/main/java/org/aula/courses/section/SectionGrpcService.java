package org.aula.courses.section;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.BatchListSectionsResponse;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.CreateSectionResponse;
import org.aula.api.courses.v1.DeleteSectionRequest;
import org.aula.api.courses.v1.DeleteSectionResponse;
import org.aula.api.courses.v1.GetSectionRequest;
import org.aula.api.courses.v1.GetSectionResponse;
import org.aula.api.courses.v1.ReorderSectionsRequest;
import org.aula.api.courses.v1.ReorderSectionsResponse;
import org.aula.api.courses.v1.SectionServiceHandler;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.api.courses.v1.UpdateSectionResponse;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;

/// `aula.courses.v1.SectionService`.
@Singleton
final class SectionGrpcService extends SectionServiceHandler {

    private static final int OF_EACH_COURSE = 100;
    private static final int MAX_PER_COURSE = 500;

    private final SectionService sections;
    private final Idempotency idempotency;

    SectionGrpcService(SectionService sections, Idempotency idempotency) {
        this.sections = sections;
        this.idempotency = idempotency;
    }

    @Override
    protected CreateSectionResponse createSection(CreateSectionRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        sections.requireAuthor(courseId);
        return idempotency.run(request, CreateSectionResponse.parser(), () -> {
            var section = sections.create(courseId, sortOrder -> SectionMapper.create(request, sortOrder));
            return CreateSectionResponse.newBuilder()
                    .setSection(SectionMapper.toProto(section))
                    .build();
        });
    }

    @Override
    protected GetSectionResponse getSection(GetSectionRequest request) {
        var section = sections.find(UUID.fromString(request.getSectionId()));
        return GetSectionResponse.newBuilder()
                .setSection(SectionMapper.toProto(section))
                .build();
    }

    @Override
    protected BatchListSectionsResponse batchListSections(BatchListSectionsRequest request) {
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var lists = sections.list(courseIds, Page.size(request.getFirst(), OF_EACH_COURSE, MAX_PER_COURSE));
        return BatchListSectionsResponse.newBuilder()
                .addAllLists(lists.stream().map(SectionMapper::toProto).toList())
                .build();
    }

    @Override
    protected UpdateSectionResponse updateSection(UpdateSectionRequest request) {
        var section = sections.update(
                UUID.fromString(request.getSectionId()),
                request.getEtag(),
                before -> SectionMapper.update(before, request));
        return UpdateSectionResponse.newBuilder()
                .setSection(SectionMapper.toProto(section))
                .build();
    }

    @Override
    protected DeleteSectionResponse deleteSection(DeleteSectionRequest request) {
        sections.delete(UUID.fromString(request.getSectionId()), request.getEtag());
        return DeleteSectionResponse.getDefaultInstance();
    }

    @Override
    protected ReorderSectionsResponse reorderSections(ReorderSectionsRequest request) {
        var ids = request.getSectionIdsList().stream().map(UUID::fromString).toList();
        var ordered = sections.reorder(UUID.fromString(request.getCourseId()), ids);
        return ReorderSectionsResponse.newBuilder()
                .addAllSections(ordered.stream().map(SectionMapper::toProto).toList())
                .build();
    }
}
