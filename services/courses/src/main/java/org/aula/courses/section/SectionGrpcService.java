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
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.Viewer;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.courses.v1.SectionService`.
@Singleton
final class SectionGrpcService extends SectionServiceGrpc.SectionServiceImplBase {

    private static final int OF_EACH_COURSE = 100;
    private static final int MOST_OF_EACH_COURSE = 200;

    private final SectionRepository sections;
    private final CourseAccess courses;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;

    SectionGrpcService(
            SectionRepository sections,
            CourseAccess courses,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit) {
        this.sections = sections;
        this.courses = courses;
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
            var section = append(handle, course.id(), request);
            var message = SectionProtos.message(section);
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
        var first = Page.size(request.getFirst(), OF_EACH_COURSE, MOST_OF_EACH_COURSE);
        var lists = transactions.read(handle -> sections.list(handle, courseIds, first, Viewer.current()));
        Replies.send(
                observer,
                BatchListSectionsResponse.newBuilder()
                        .addAllLists(lists.stream().map(SectionProtos::message).toList())
                        .build());
    }

    private Section append(Handle handle, UUID courseId, CreateSectionRequest request) {
        var section = new Section(
                UuidCreator.getTimeOrderedEpoch(),
                courseId,
                request.getTitle(),
                request.getDescription(),
                sections.nextPlace(handle, courseId));
        sections.insert(handle, List.of(section));
        return section;
    }
}
