package org.aula.courses.section;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.stub.StreamObserver;
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
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.api.courses.v1.UpdateSectionResponse;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.KeptCourses;
import org.aula.courses.course.Viewer;
import org.aula.courses.lesson.LessonRepository;
import org.aula.courses.permutation.Permutation;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.courses.v1.SectionService`.
@Singleton
final class SectionGrpcService extends SectionServiceGrpc.SectionServiceImplBase {

    private static final int OF_EACH_COURSE = 100;
    private static final int MAX_PER_COURSE = 500;
    private static final int MAX_SECTIONS = 500;

    private final SectionRepository sections;
    private final LessonRepository lessons;
    private final CourseAccess courses;
    private final KeptCourses kept;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;

    SectionGrpcService(
            SectionRepository sections,
            LessonRepository lessons,
            CourseAccess courses,
            KeptCourses kept,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit) {
        this.sections = sections;
        this.lessons = lessons;
        this.courses = courses;
        this.kept = kept;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Override
    public void createSection(CreateSectionRequest request, StreamObserver<CreateSectionResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var course = transactions
                .read(handle -> courses.findToChange(handle, courseId))
                .orElseThrow(CourseAccess::notFound);
        var response = idempotency.run(request, CreateSectionResponse.parser(), handle -> {
            courses.lock(handle, courseId);
            var section = append(handle, course.id(), request);
            var message = SectionMapper.toProto(section);
            audit.record(handle, "section", section.id(), null, message);
            return CreateSectionResponse.newBuilder().setSection(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void batchListSections(
            BatchListSectionsRequest request, StreamObserver<BatchListSectionsResponse> observer) {
        var courseIds =
                request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var first = Page.size(request.getFirst(), OF_EACH_COURSE, MAX_PER_COURSE);
        var lists =
                withKept(transactions.read(handle -> sections.list(handle, courseIds, first, Viewer.current())), first);
        Replies.send(
                observer,
                BatchListSectionsResponse.newBuilder()
                        .addAllLists(lists.stream().map(SectionMapper::toProto).toList())
                        .build());
    }

    @Override
    public void updateSection(UpdateSectionRequest request, StreamObserver<UpdateSectionResponse> observer) {
        var id = UUID.fromString(request.getSectionId());
        var message = transactions.write(handle -> {
            var before = lockToChange(handle, id);
            var after = SectionMapper.update(before, request);
            if (after.equals(before)) {
                audit.nothing();
                return SectionMapper.toProto(before);
            }
            requireEtag(before, request.getEtag());
            sections.update(handle, after);
            audit.record(handle, "section", id, SectionMapper.toProto(before), SectionMapper.toProto(after));
            return SectionMapper.toProto(after);
        });
        Replies.send(
                observer, UpdateSectionResponse.newBuilder().setSection(message).build());
    }

    @Override
    public void deleteSection(DeleteSectionRequest request, StreamObserver<DeleteSectionResponse> observer) {
        var id = UUID.fromString(request.getSectionId());
        transactions.writeVoid(handle -> {
            var section = lockToChange(handle, id);
            requireEtag(section, request.getEtag());
            lessons.remove(handle, lessons.idsOfSection(handle, id));
            sections.delete(handle, id);
            audit.record(handle, "section", id, SectionMapper.toProto(section), null);
        });
        Replies.send(observer, DeleteSectionResponse.getDefaultInstance());
    }

    @Override
    public void reorderSections(ReorderSectionsRequest request, StreamObserver<ReorderSectionsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var ids = request.getSectionIdsList().stream().map(UUID::fromString).toList();
        var ordered = transactions.write(handle -> {
            courses.lock(handle, courseId);
            var present = sections.ofCourse(handle, courseId).stream()
                    .map(Section::id)
                    .toList();
            Permutation.requireComplete("section_ids", present, ids);
            sections.reorder(handle, courseId, ids);
            audit.record(handle, "course", courseId, null, null);
            return sections.ofCourse(handle, courseId);
        });
        Replies.send(
                observer,
                ReorderSectionsResponse.newBuilder()
                        .addAllSections(
                                ordered.stream().map(SectionMapper::toProto).toList())
                        .build());
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
        var more = transactions
                .read(handle -> sections.list(handle, empty, first, viewer))
                .iterator();
        return found.stream()
                .map(list -> list.total() == 0 ? more.next() : list)
                .toList();
    }

    /// A section of a course that the caller may change. Changes of one course's outline follow each other:
    /// its row is locked until the end of the transaction.
    private Section lockToChange(Handle handle, UUID id) {
        return sections.find(handle, id)
                .flatMap(section -> courses.lockToChange(handle, section.courseId()))
                .flatMap(course -> sections.find(handle, id))
                .orElseThrow(SectionGrpcService::notFound);
    }

    private Section append(Handle handle, UUID courseId, CreateSectionRequest request) {
        if (sections.count(handle, courseId) >= MAX_SECTIONS) {
            throw CourseAccess.tooMany("a course has " + MAX_SECTIONS + " sections at most", MAX_SECTIONS);
        }
        var section = new Section(
                UuidCreator.getTimeOrderedEpoch(),
                courseId,
                request.getTitle(),
                request.getDescription(),
                sections.nextPlace(handle, courseId));
        sections.insert(handle, List.of(section));
        return section;
    }

    private static void requireEtag(Section section, String etag) {
        if (!etag.isEmpty() && !etag.equals(Long.toString(section.version()))) {
            throw Errors.etagMismatch();
        }
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "there is no such section");
    }
}
