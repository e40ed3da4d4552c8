package org.aula.courses.course;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.ArchiveCourseRequest;
import org.aula.api.courses.v1.ArchiveCourseResponse;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.BatchGetCoursesResponse;
import org.aula.api.courses.v1.CancelOperationRequest;
import org.aula.api.courses.v1.CancelOperationResponse;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.CountCoursesResponse;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.CreateCourseResponse;
import org.aula.api.courses.v1.DeleteCourseRequest;
import org.aula.api.courses.v1.DeleteCourseResponse;
import org.aula.api.courses.v1.DuplicateCourseRequest;
import org.aula.api.courses.v1.DuplicateCourseResponse;
import org.aula.api.courses.v1.ExportCourseRequest;
import org.aula.api.courses.v1.ExportCourseResponse;
import org.aula.api.courses.v1.FeatureCourseRequest;
import org.aula.api.courses.v1.FeatureCourseResponse;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.courses.v1.GetOperationResponse;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.api.courses.v1.ImportCourseResponse;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ListCoursesResponse;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.PublishCourseResponse;
import org.aula.api.courses.v1.ReturnCourseRequest;
import org.aula.api.courses.v1.ReturnCourseResponse;
import org.aula.api.courses.v1.ReviseCourseRequest;
import org.aula.api.courses.v1.ReviseCourseResponse;
import org.aula.api.courses.v1.SetCoursePrerequisitesRequest;
import org.aula.api.courses.v1.SetCoursePrerequisitesResponse;
import org.aula.api.courses.v1.SetCourseTagsRequest;
import org.aula.api.courses.v1.SetCourseTagsResponse;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.SubmitCourseResponse;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.api.courses.v1.UpdateCourseResponse;
import org.aula.courses.category.CategoryRepository;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;

/// `aula.courses.v1.CourseService`.
@Singleton
final class CourseGrpcService extends CourseServiceGrpc.CourseServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final CourseRepository courses;
    private final CatalogReader catalog;
    private final CourseChange changes;
    private final CourseAccess access;
    private final KeptCourses kept;
    private final CategoryRepository categories;
    private final ArchiveClient archives;
    private final Operations operations;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    CourseGrpcService(
            CourseRepository courses,
            CatalogReader catalog,
            CourseChange changes,
            CourseAccess access,
            KeptCourses kept,
            CategoryRepository categories,
            ArchiveClient archives,
            Operations operations,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.courses = courses;
        this.catalog = catalog;
        this.changes = changes;
        this.access = access;
        this.kept = kept;
        this.categories = categories;
        this.archives = archives;
        this.operations = operations;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void createCourse(CreateCourseRequest request, StreamObserver<CreateCourseResponse> observer) {
        var author = CallScope.current().requireUser();
        var response = idempotency.run(request, CreateCourseResponse.parser(), handle -> {
            var details = CourseMapper.details(request);
            categories.requireExists(handle, details.categoryId());
            var draft = Course.draft(UuidCreator.getTimeOrderedEpoch(), author, details, Times.now(clock));
            var message = CourseMapper.toProto(courses.insert(handle, draft));
            audit.record(handle, "course", draft.id(), null, message);
            return CreateCourseResponse.newBuilder().setCourse(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> observer) {
        var course = Viewer.current().isVisitor() ? readAsVisitor(request) : read(request);
        Replies.send(observer, GetCourseResponse.newBuilder().setCourse(course).build());
    }

    private org.aula.api.courses.v1.Course read(GetCourseRequest request) {
        var found = transactions.read(handle -> request.hasSlug()
                ? courses.findBySlug(handle, request.getSlug())
                : courses.find(handle, UUID.fromString(request.getCourseId())));
        var viewer = Viewer.current();
        return found.filter(course -> course.isVisibleTo(viewer) || isKept(course))
                .map(course -> CourseMapper.toProto(course, viewer))
                .orElseThrow(CourseAccess::notFound);
    }

    private org.aula.api.courses.v1.Course readAsVisitor(GetCourseRequest request) {
        return (request.hasSlug()
                        ? catalog.courseOfSlug(request.getSlug())
                        : catalog.course(UUID.fromString(request.getCourseId())))
                .map(CatalogMapper::course)
                .orElseThrow(CourseAccess::notFound);
    }

    @Override
    public void batchGetCourses(BatchGetCoursesRequest request, StreamObserver<BatchGetCoursesResponse> observer) {
        var ids = request.getCourseIdsList().stream().map(UUID::fromString).toList();
        var found = Viewer.current().isVisitor() ? readAsVisitor(ids) : read(ids);
        var response = BatchGetCoursesResponse.newBuilder();
        for (var id : ids) {
            var course = found.get(id);
            if (course == null) {
                response.addMissingIds(id.toString());
            } else {
                response.addCourses(course);
            }
        }
        Replies.send(observer, response.build());
    }

    private Map<UUID, org.aula.api.courses.v1.Course> read(List<UUID> ids) {
        var viewer = Viewer.current();
        var found = new HashMap<UUID, org.aula.api.courses.v1.Course>();
        transactions
                .read(handle -> courses.findVisible(handle, ids, viewer))
                .forEach(course -> found.put(course.id(), CourseMapper.toProto(course, viewer)));
        var left = kept.of(ids.stream().filter(id -> !found.containsKey(id)).toList());
        if (!left.isEmpty()) {
            transactions
                    .read(handle -> courses.findAll(handle, List.copyOf(left)))
                    .forEach(course -> found.put(course.id(), CourseMapper.toProto(course, viewer)));
        }
        return found;
    }

    private Map<UUID, org.aula.api.courses.v1.Course> readAsVisitor(List<UUID> ids) {
        return catalog.courses(ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> CatalogMapper.course(entry.getValue())));
    }

    @Override
    public void listCourses(ListCoursesRequest request, StreamObserver<ListCoursesResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new CourseQuery(
                CatalogMapper.filter(request.getFilter()),
                CatalogMapper.order(request.getOrderBy()),
                tokens.open(request, request.getPageToken()).orElse(List.of()),
                Viewer.current(),
                size + 1);
        var rows = query.viewer().isVisitor()
                ? CatalogMapper.courses(catalog.list(CatalogMapper.question(request, query.after(), size), query))
                : catalog.list(query).stream()
                        .map(course -> CourseMapper.toProto(course, query.viewer()))
                        .toList();
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                course -> CatalogMapper.sortKey(query.order(), course),
                request.getWithItemTokens());
        Replies.send(
                observer,
                ListCoursesResponse.newBuilder()
                        .addAllCourses(page.items())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void countCourses(CountCoursesRequest request, StreamObserver<CountCoursesResponse> observer) {
        var filter = CatalogMapper.filter(request.getFilter());
        var viewer = Viewer.current();
        Replies.send(
                observer,
                viewer.isVisitor()
                        ? CatalogMapper.counts(catalog.count(CatalogMapper.question(request), filter, viewer))
                        : CatalogMapper.toProto(catalog.count(filter, viewer)));
    }

    @Override
    public void updateCourse(UpdateCourseRequest request, StreamObserver<UpdateCourseResponse> observer) {
        var course = changes.describe(
                UUID.fromString(request.getCourseId()),
                request.getEtag(),
                before -> CourseMapper.details(before, request.getCourse(), request.getUpdateMask()));
        Replies.send(
                observer,
                UpdateCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void submitCourse(SubmitCourseRequest request, StreamObserver<SubmitCourseResponse> observer) {
        var course = changes.submit(UUID.fromString(request.getCourseId()), request.getEtag());
        Replies.send(
                observer,
                SubmitCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void publishCourse(PublishCourseRequest request, StreamObserver<PublishCourseResponse> observer) {
        var course = changes.publish(UUID.fromString(request.getCourseId()), request.getEtag());
        Replies.send(
                observer,
                PublishCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void returnCourse(ReturnCourseRequest request, StreamObserver<ReturnCourseResponse> observer) {
        var course = changes.giveBack(UUID.fromString(request.getCourseId()), request.getEtag(), request.getReason());
        Replies.send(
                observer,
                ReturnCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void archiveCourse(ArchiveCourseRequest request, StreamObserver<ArchiveCourseResponse> observer) {
        var course = changes.archive(UUID.fromString(request.getCourseId()), request.getEtag());
        Replies.send(
                observer,
                ArchiveCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void reviseCourse(ReviseCourseRequest request, StreamObserver<ReviseCourseResponse> observer) {
        var course = changes.revise(UUID.fromString(request.getCourseId()), request.getEtag());
        Replies.send(
                observer,
                ReviseCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void deleteCourse(DeleteCourseRequest request, StreamObserver<DeleteCourseResponse> observer) {
        changes.delete(UUID.fromString(request.getCourseId()), request.getEtag());
        Replies.send(observer, DeleteCourseResponse.getDefaultInstance());
    }

    @Override
    public void featureCourse(FeatureCourseRequest request, StreamObserver<FeatureCourseResponse> observer) {
        var course = changes.feature(UUID.fromString(request.getCourseId()), request.getFeatured());
        Replies.send(
                observer,
                FeatureCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void setCourseTags(SetCourseTagsRequest request, StreamObserver<SetCourseTagsResponse> observer) {
        var tagIds = request.getTagIdsList().stream().map(UUID::fromString).toList();
        var course = changes.tag(UUID.fromString(request.getCourseId()), tagIds);
        Replies.send(
                observer,
                SetCourseTagsResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void setCoursePrerequisites(
            SetCoursePrerequisitesRequest request, StreamObserver<SetCoursePrerequisitesResponse> observer) {
        var ids = request.getPrerequisiteCourseIdsList().stream()
                .map(UUID::fromString)
                .toList();
        var course = changes.require(UUID.fromString(request.getCourseId()), ids);
        Replies.send(
                observer,
                SetCoursePrerequisitesResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(course))
                        .build());
    }

    @Override
    public void duplicateCourse(DuplicateCourseRequest request, StreamObserver<DuplicateCourseResponse> observer) {
        var owner = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        if (transactions.read(handle -> access.findToChange(handle, courseId)).isEmpty()) {
            throw CourseAccess.notFound();
        }
        var response = idempotency.run(request, DuplicateCourseResponse.parser(), handle -> {
            var operation = operations.start(handle, CourseOperations.DUPLICATE, owner, request);
            audit.record(handle, "course", courseId, null, null);
            return DuplicateCourseResponse.newBuilder().setOperation(operation).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void exportCourse(ExportCourseRequest request, StreamObserver<ExportCourseResponse> observer) {
        var owner = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        if (transactions.read(handle -> access.findToChange(handle, courseId)).isEmpty()) {
            throw CourseAccess.notFound();
        }
        var response = idempotency.run(request, ExportCourseResponse.parser(), handle -> {
            var operation = operations.start(handle, CourseOperations.EXPORT, owner, request);
            audit.record(handle, "course", courseId, null, null);
            return ExportCourseResponse.newBuilder().setOperation(operation).build();
        });
        Replies.send(observer, response);
    }

    private boolean isKept(Course course) {
        return course.wasPublished() && !kept.of(List.of(course.id())).isEmpty();
    }

    @Override
    public void importCourse(ImportCourseRequest request, StreamObserver<ImportCourseResponse> observer) {
        var author = CallScope.current().requireUser();
        archives.requireReady(UUID.fromString(request.getAssetId()), author);
        var response = idempotency.run(request, ImportCourseResponse.parser(), handle -> {
            var operation = operations.start(handle, CourseOperations.IMPORT, author, request);
            audit.record(handle, "operation", operation.getId(), null, null);
            return ImportCourseResponse.newBuilder().setOperation(operation).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<GetOperationResponse> observer) {
        var operation = operations.get(UUID.fromString(request.getOperationId()));
        Replies.send(
                observer,
                GetOperationResponse.newBuilder().setOperation(operation).build());
    }

    @Override
    public void cancelOperation(CancelOperationRequest request, StreamObserver<CancelOperationResponse> observer) {
        var operation = operations.cancel(UUID.fromString(request.getOperationId()));
        Replies.send(
                observer,
                CancelOperationResponse.newBuilder().setOperation(operation).build());
    }
}
