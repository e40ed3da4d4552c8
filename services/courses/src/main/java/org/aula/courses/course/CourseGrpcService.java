package org.aula.courses.course;

import jakarta.inject.Singleton;
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
import org.aula.api.courses.v1.CourseServiceHandler;
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
import org.aula.api.courses.v1.WatchOperationRequest;
import org.aula.api.courses.v1.WatchOperationResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.operation.OperationStreams;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.stream.ServerStream;

/// `aula.courses.v1.CourseService`.
@Singleton
final class CourseGrpcService extends CourseServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final CourseService courses;
    private final CatalogReader catalog;
    private final CourseAccess access;
    private final ArchiveClient archives;
    private final Operations operations;
    private final OperationStreams operationStreams;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    CourseGrpcService(
            CourseService courses,
            CatalogReader catalog,
            CourseAccess access,
            ArchiveClient archives,
            Operations operations,
            OperationStreams operationStreams,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.courses = courses;
        this.catalog = catalog;
        this.access = access;
        this.archives = archives;
        this.operations = operations;
        this.operationStreams = operationStreams;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    protected CreateCourseResponse createCourse(CreateCourseRequest request) {
        var author = CallScope.current().requireUser();
        return idempotency.run(
                request,
                CreateCourseResponse.parser(),
                () -> CreateCourseResponse.newBuilder()
                        .setCourse(CourseMapper.toProto(courses.create(author, CourseMapper.details(request))))
                        .build());
    }

    @Override
    protected GetCourseResponse getCourse(GetCourseRequest request) {
        var course = Viewer.current().isVisitor() ? readAsVisitor(request) : read(request);
        return GetCourseResponse.newBuilder().setCourse(course).build();
    }

    private org.aula.api.courses.v1.Course read(GetCourseRequest request) {
        var course = request.hasSlug()
                ? courses.getBySlug(request.getSlug())
                : courses.get(UUID.fromString(request.getCourseId()));
        return CourseMapper.toProto(course, Viewer.current());
    }

    private org.aula.api.courses.v1.Course readAsVisitor(GetCourseRequest request) {
        return CatalogMapper.course(
                request.hasSlug()
                        ? catalog.courseOfSlug(request.getSlug())
                        : catalog.course(UUID.fromString(request.getCourseId())));
    }

    @Override
    protected BatchGetCoursesResponse batchGetCourses(BatchGetCoursesRequest request) {
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
        return response.build();
    }

    private Map<UUID, org.aula.api.courses.v1.Course> read(List<UUID> ids) {
        var viewer = Viewer.current();
        return courses.findAll(ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> CourseMapper.toProto(entry.getValue(), viewer)));
    }

    private Map<UUID, org.aula.api.courses.v1.Course> readAsVisitor(List<UUID> ids) {
        return catalog.courses(ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> CatalogMapper.course(entry.getValue())));
    }

    @Override
    protected ListCoursesResponse listCourses(ListCoursesRequest request) {
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
        return ListCoursesResponse.newBuilder()
                .addAllCourses(page.items())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected CountCoursesResponse countCourses(CountCoursesRequest request) {
        var filter = CatalogMapper.filter(request.getFilter());
        var viewer = Viewer.current();
        return viewer.isVisitor()
                ? CatalogMapper.counts(catalog.count(CatalogMapper.question(request), filter, viewer))
                : CatalogMapper.toProto(catalog.count(filter, viewer));
    }

    @Override
    protected UpdateCourseResponse updateCourse(UpdateCourseRequest request) {
        var course = courses.describe(
                UUID.fromString(request.getCourseId()),
                request.getEtag(),
                before -> CourseMapper.details(before, request.getCourse(), request.getUpdateMask()));
        return UpdateCourseResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected SubmitCourseResponse submitCourse(SubmitCourseRequest request) {
        var course = courses.submit(UUID.fromString(request.getCourseId()), request.getEtag());
        return SubmitCourseResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected PublishCourseResponse publishCourse(PublishCourseRequest request) {
        var course = courses.publish(UUID.fromString(request.getCourseId()), request.getEtag());
        return PublishCourseResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected ReturnCourseResponse returnCourse(ReturnCourseRequest request) {
        var course = courses.giveBack(UUID.fromString(request.getCourseId()), request.getEtag(), request.getReason());
        return ReturnCourseResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected ArchiveCourseResponse archiveCourse(ArchiveCourseRequest request) {
        var course = courses.archive(UUID.fromString(request.getCourseId()), request.getEtag());
        return ArchiveCourseResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected ReviseCourseResponse reviseCourse(ReviseCourseRequest request) {
        var course = courses.revise(UUID.fromString(request.getCourseId()), request.getEtag());
        return ReviseCourseResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected DeleteCourseResponse deleteCourse(DeleteCourseRequest request) {
        courses.delete(UUID.fromString(request.getCourseId()), request.getEtag());
        return DeleteCourseResponse.getDefaultInstance();
    }

    @Override
    protected FeatureCourseResponse featureCourse(FeatureCourseRequest request) {
        var course = courses.feature(UUID.fromString(request.getCourseId()), request.getFeatured());
        return FeatureCourseResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected SetCourseTagsResponse setCourseTags(SetCourseTagsRequest request) {
        var tagIds = request.getTagIdsList().stream().map(UUID::fromString).toList();
        var course = courses.tag(UUID.fromString(request.getCourseId()), tagIds);
        return SetCourseTagsResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected SetCoursePrerequisitesResponse setCoursePrerequisites(SetCoursePrerequisitesRequest request) {
        var ids = request.getPrerequisiteCourseIdsList().stream()
                .map(UUID::fromString)
                .toList();
        var course = courses.require(UUID.fromString(request.getCourseId()), ids);
        return SetCoursePrerequisitesResponse.newBuilder()
                .setCourse(CourseMapper.toProto(course))
                .build();
    }

    @Override
    protected DuplicateCourseResponse duplicateCourse(DuplicateCourseRequest request) {
        var owner = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        access.requireChangeable(courseId);
        return idempotency.run(request, DuplicateCourseResponse.parser(), () -> {
            var operation = operations.start(CourseOperations.DUPLICATE, owner, request);
            audit.recordAction("course", courseId);
            return DuplicateCourseResponse.newBuilder().setOperation(operation).build();
        });
    }

    @Override
    protected ExportCourseResponse exportCourse(ExportCourseRequest request) {
        var owner = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        access.requireChangeable(courseId);
        return idempotency.run(request, ExportCourseResponse.parser(), () -> {
            var operation = operations.start(CourseOperations.EXPORT, owner, request);
            audit.recordAction("course", courseId);
            return ExportCourseResponse.newBuilder().setOperation(operation).build();
        });
    }

    @Override
    protected ImportCourseResponse importCourse(ImportCourseRequest request) {
        var author = CallScope.current().requireUser();
        archives.requireReady(UUID.fromString(request.getAssetId()), author);
        return idempotency.run(request, ImportCourseResponse.parser(), () -> {
            var operation = operations.start(CourseOperations.IMPORT, author, request);
            audit.recordAction("operation", operation.getId());
            return ImportCourseResponse.newBuilder().setOperation(operation).build();
        });
    }

    @Override
    protected GetOperationResponse getOperation(GetOperationRequest request) {
        var operation = operations.get(UUID.fromString(request.getOperationId()));
        return GetOperationResponse.newBuilder().setOperation(operation).build();
    }

    @Override
    protected ServerStream<WatchOperationResponse> watchOperation(WatchOperationRequest request) {
        return operationStreams.watch(
                UUID.fromString(request.getOperationId()),
                operation -> WatchOperationResponse.newBuilder()
                        .setOperation(operation)
                        .build());
    }

    @Override
    protected CancelOperationResponse cancelOperation(CancelOperationRequest request) {
        var operation = operations.cancel(UUID.fromString(request.getOperationId()));
        return CancelOperationResponse.newBuilder().setOperation(operation).build();
    }
}
