package org.aula.courses.section;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.BatchListSectionsResponse;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.CreateSectionResponse;
import org.aula.api.courses.v1.DeleteSectionRequest;
import org.aula.api.courses.v1.DeleteSectionResponse;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.ReorderSectionsRequest;
import org.aula.api.courses.v1.ReorderSectionsResponse;
import org.aula.api.courses.v1.SectionServiceHandler;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.api.courses.v1.UpdateSectionResponse;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.KeptCourses;
import org.aula.courses.course.Viewer;
import org.aula.courses.lesson.LessonRepository;
import org.aula.courses.permutation.Permutation;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.postgres.Database;

/// `aula.courses.v1.SectionService`.
@Singleton
final class SectionGrpcService extends SectionServiceHandler {

    private static final int OF_EACH_COURSE = 100;
    private static final int MAX_PER_COURSE = 500;
    private static final int MAX_SECTIONS = 500;

    private final SectionRepository sections;
    private final LessonRepository lessons;
    private final CourseAccess courses;
    private final KeptCourses kept;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;

    SectionGrpcService(
            SectionRepository sections,
            LessonRepository lessons,
            CourseAccess courses,
            KeptCourses kept,
            Database database,
            Idempotency idempotency,
            Audit audit) {
        this.sections = sections;
        this.lessons = lessons;
        this.courses = courses;
        this.kept = kept;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    protected CreateSectionResponse createSection(CreateSectionRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var course = database
                .query(() -> courses.findToChange(courseId))
                .orElseThrow(CourseAccess::notFound);
        return idempotency.run(request, CreateSectionResponse.parser(), () -> {
            courses.lock(courseId);
            var section = append(course.id(), request);
            var message = SectionMapper.toProto(section);
            audit.recordCreated("section", section.id(), message);
            return CreateSectionResponse.newBuilder().setSection(message).build();
        });
    }

    @Override
    protected BatchListSectionsResponse batchListSections(BatchListSectionsRequest request) {
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var first = Page.size(request.getFirst(), OF_EACH_COURSE, MAX_PER_COURSE);
        var lists =
                withKept(database.query(() -> sections.list(courseIds, first, Viewer.current())), first);
        return BatchListSectionsResponse.newBuilder()
                .addAllLists(lists.stream().map(SectionMapper::toProto).toList())
                .build();
    }

    @Override
    protected UpdateSectionResponse updateSection(UpdateSectionRequest request) {
        var id = UUID.fromString(request.getSectionId());
        var message = database.transact(() -> {
            var before = lockToChange(id);
            var after = SectionMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return SectionMapper.toProto(before);
            }
            Etags.require(request.getEtag(), before.version());
            sections.update(after);
            audit.record("section", id, SectionMapper.toProto(before), SectionMapper.toProto(after));
            return SectionMapper.toProto(after);
        });
        return UpdateSectionResponse.newBuilder().setSection(message).build();
    }

    @Override
    protected DeleteSectionResponse deleteSection(DeleteSectionRequest request) {
        var id = UUID.fromString(request.getSectionId());
        database.transact(() -> {
            var section = lockToChange(id);
            Etags.require(request.getEtag(), section.version());
            lessons.remove(lessons.idsOfSection(id));
            sections.delete(id);
            audit.recordDeleted("section", id, SectionMapper.toProto(section));
        });
        return DeleteSectionResponse.getDefaultInstance();
    }

    @Override
    protected ReorderSectionsResponse reorderSections(ReorderSectionsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var ids = request.getSectionIdsList().stream().map(UUID::fromString).toList();
        var ordered = database.transact(() -> {
            courses.lock(courseId);
            var present = sections.ofCourse(courseId).stream()
                    .map(Section::id)
                    .toList();
            Permutation.requireComplete("section_ids", present, ids);
            sections.reorder(courseId, ids);
            audit.recordAction("course", courseId);
            return sections.ofCourse(courseId);
        });
        return ReorderSectionsResponse.newBuilder()
                .addAllSections(ordered.stream().map(SectionMapper::toProto).toList())
                .build();
    }

    /// Learners also see the parts of courses that left the catalog.
    private List<SectionRepository.Listed> withKept(List<SectionRepository.Listed> found, int first) {
        var empty = found.stream()
                .filter(list -> list.total() == 0)
                .map(SectionRepository.Listed::courseId)
                .toList();
        var opened = kept.of(empty);
        if (opened.isEmpty()) {
            return found;
        }
        var viewer = Viewer.current().keeping(opened);
        var more = database
                .query(() -> sections.list(empty, first, viewer))
                .iterator();
        return found.stream()
                .map(list -> list.total() == 0 ? more.next() : list)
                .toList();
    }

    /// A section of a course that the caller may change. Changes of one course's outline follow each other:
    /// its row is locked until the end of the transaction.
    private Section lockToChange(UUID id) {
        return sections.find(id)
                .flatMap(section -> courses.lockToChange(section.courseId()))
                .flatMap(course -> sections.find(id))
                .orElseThrow(SectionGrpcService::notFound);
    }

    private Section append(UUID courseId, CreateSectionRequest request) {
        if (sections.count(courseId) >= MAX_SECTIONS) {
            throw CourseAccess.tooMany("a course has " + MAX_SECTIONS + " sections at most", MAX_SECTIONS);
        }
        var section = new Section(
                UuidCreator.getTimeOrderedEpoch(),
                courseId,
                request.getTitle(),
                request.getDescription(),
                sections.nextPlace(courseId));
        sections.insert(List.of(section));
        return section;
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section not found");
    }
}
