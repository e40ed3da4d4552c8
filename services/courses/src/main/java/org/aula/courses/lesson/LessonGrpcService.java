package org.aula.courses.lesson;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListLessonsResponse;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.CreateLessonResponse;
import org.aula.api.courses.v1.DeleteLessonRequest;
import org.aula.api.courses.v1.DeleteLessonResponse;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.GetLessonResponse;
import org.aula.api.courses.v1.ReorderLessonsRequest;
import org.aula.api.courses.v1.ReorderLessonsResponse;
import org.aula.api.courses.v1.SetLessonPrerequisitesRequest;
import org.aula.api.courses.v1.SetLessonPrerequisitesResponse;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.api.courses.v1.UpdateLessonResponse;
import org.aula.courses.course.CourseAccess;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// `aula.courses.v1.LessonService`.
@Singleton
final class LessonGrpcService extends LessonContentGrpcService {

    private static final int OF_EACH_SECTION = 100;
    private static final int MAX_PER_SECTION = 1_000;

    private final LessonRepository lessons;
    private final LessonOutline outline;
    private final LessonReader reader;
    private final CourseAccess courses;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Clock clock;

    LessonGrpcService(
            LessonRepository lessons,
            LessonContents contents,
            LessonAccess access,
            LessonOutline outline,
            LessonReader reader,
            CourseAccess courses,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        super(contents, access, transactions, idempotency, audit, tokens);
        this.lessons = lessons;
        this.outline = outline;
        this.reader = reader;
        this.courses = courses;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void createLesson(CreateLessonRequest request, StreamObserver<CreateLessonResponse> observer) {
        var sectionId = UUID.fromString(request.getSectionId());
        var course = transactions
                .read(handle -> lessons.findCourseOfSection(handle, sectionId)
                        .flatMap(courseId -> courses.findToChange(handle, courseId)))
                .orElseThrow(LessonOutline::noSection);
        var response = idempotency.run(request, CreateLessonResponse.parser(), handle -> {
            var lesson = outline.append(
                    handle,
                    course.id(),
                    sectionId,
                    place -> LessonMapper.create(request, course.id(), place, Times.now(clock)));
            var message = LessonMapper.toProto(lesson);
            audit.record(handle, "lesson", lesson.id(), null, message);
            return CreateLessonResponse.newBuilder().setLesson(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void getLesson(GetLessonRequest request, StreamObserver<GetLessonResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        var lesson = reader.find(lessonId).orElseThrow(LessonAccess::notFound);
        Replies.send(
                observer,
                GetLessonResponse.newBuilder()
                        .setLesson(LessonMapper.toProto(lesson))
                        .build());
    }

    @Override
    public void batchListLessons(BatchListLessonsRequest request, StreamObserver<BatchListLessonsResponse> observer) {
        var sectionIds =
                request.getSectionIdsList().stream().map(UUID::fromString).toList();
        var first = Page.size(request.getFirst(), OF_EACH_SECTION, MAX_PER_SECTION);
        var lists = reader.list(sectionIds, first);
        Replies.send(
                observer,
                BatchListLessonsResponse.newBuilder()
                        .addAllLists(lists.stream().map(LessonMapper::toProto).toList())
                        .build());
    }

    @Override
    public void updateLesson(UpdateLessonRequest request, StreamObserver<UpdateLessonResponse> observer) {
        var id = UUID.fromString(request.getLessonId());
        var lesson = transactions.write(handle -> audited(
                handle, outline.change(handle, id, request.getEtag(), before -> LessonMapper.update(before, request))));
        Replies.send(
                observer,
                UpdateLessonResponse.newBuilder()
                        .setLesson(LessonMapper.toProto(lesson))
                        .build());
    }

    @Override
    public void deleteLesson(DeleteLessonRequest request, StreamObserver<DeleteLessonResponse> observer) {
        var id = UUID.fromString(request.getLessonId());
        transactions.writeVoid(handle -> {
            var removed = outline.remove(handle, id, request.getEtag());
            audit.record(handle, "lesson", id, LessonMapper.toProto(removed), null);
        });
        Replies.send(observer, DeleteLessonResponse.getDefaultInstance());
    }

    @Override
    public void reorderLessons(ReorderLessonsRequest request, StreamObserver<ReorderLessonsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var ordered = transactions.write(handle -> {
            audit.record(handle, "course", courseId, null, null);
            return outline.reorder(handle, courseId, LessonMapper.sectionIds(request), LessonMapper.places(request));
        });
        Replies.send(
                observer,
                ReorderLessonsResponse.newBuilder()
                        .addAllLessons(
                                ordered.stream().map(LessonMapper::toProto).toList())
                        .build());
    }

    @Override
    public void setLessonPrerequisites(
            SetLessonPrerequisitesRequest request, StreamObserver<SetLessonPrerequisitesResponse> observer) {
        var id = UUID.fromString(request.getLessonId());
        var prerequisiteIds = request.getPrerequisiteLessonIdsList().stream()
                .map(UUID::fromString)
                .toList();
        var lesson = transactions.write(handle -> audited(handle, outline.require(handle, id, prerequisiteIds)));
        Replies.send(
                observer,
                SetLessonPrerequisitesResponse.newBuilder()
                        .setLesson(LessonMapper.toProto(lesson))
                        .build());
    }

    private Lesson audited(Handle handle, LessonOutline.Change change) {
        var after = change.after();
        if (after.equals(change.before())) {
            audit.nothing();
        } else {
            audit.record(
                    handle, "lesson", after.id(), LessonMapper.toProto(change.before()), LessonMapper.toProto(after));
        }
        return after;
    }
}
