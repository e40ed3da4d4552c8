package org.aula.courses.lesson;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListLessonsResponse;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.CreateLessonResponse;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonContentResponse;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.GetLessonResponse;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.UpdateLessonContentResponse;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.Viewer;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;

/// `aula.courses.v1.LessonService`.
@Singleton
final class LessonGrpcService extends LessonServiceGrpc.LessonServiceImplBase {

    private static final int OF_EACH_SECTION = 100;
    private static final int MOST_OF_EACH_SECTION = 200;

    private final LessonRepository lessons;
    private final LessonContentStore contents;
    private final LessonAccess access;
    private final CourseAccess courses;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Clock clock;

    LessonGrpcService(
            LessonRepository lessons,
            LessonContentStore contents,
            LessonAccess access,
            CourseAccess courses,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            Clock clock) {
        this.lessons = lessons;
        this.contents = contents;
        this.access = access;
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
                .orElseThrow(
                        () -> Errors.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "there is no such section"));
        var response = idempotency.run(request, CreateLessonResponse.parser(), handle -> {
            var place = lessons.nextPlace(handle, sectionId);
            var lesson = LessonProtos.newLesson(request, course.id(), place, Times.now(clock));
            lessons.insert(handle, List.of(lesson));
            var message = LessonProtos.message(lesson);
            audit.record(handle, "lesson", lesson.id(), null, message);
            return CreateLessonResponse.newBuilder().setLesson(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void getLesson(GetLessonRequest request, StreamObserver<GetLessonResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        var lesson = transactions
                .read(handle -> lessons.findVisible(handle, lessonId, Viewer.current()))
                .orElseThrow(LessonAccess::notFound);
        Replies.send(
                observer,
                GetLessonResponse.newBuilder()
                        .setLesson(LessonProtos.message(lesson))
                        .build());
    }

    @Override
    public void batchListLessons(BatchListLessonsRequest request, StreamObserver<BatchListLessonsResponse> observer) {
        var sectionIds =
                request.getSectionIdsList().stream().map(UUID::fromString).toList();
        var first = Page.size(request.getFirst(), OF_EACH_SECTION, MOST_OF_EACH_SECTION);
        var lists = transactions.read(handle -> lessons.list(handle, sectionIds, first, Viewer.current()));
        Replies.send(
                observer,
                BatchListLessonsResponse.newBuilder()
                        .addAllLists(lists.stream().map(LessonProtos::message).toList())
                        .build());
    }

    @Override
    public void getLessonContent(GetLessonContentRequest request, StreamObserver<GetLessonContentResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        access.requireReader(lessonId);
        Replies.send(
                observer,
                GetLessonContentResponse.newBuilder()
                        .setContent(LessonContentProtos.message(contents.read(lessonId)))
                        .build());
    }

    @Override
    public void updateLessonContent(
            UpdateLessonContentRequest request, StreamObserver<UpdateLessonContentResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        access.requireAuthor(lessonId);
        var pages = LessonContentProtos.pages(request.getPagesList());
        // The entry is committed when the document is written: a write that is refused leaves none.
        var content = transactions.write(handle -> {
            audit.record(handle, "lesson", lessonId, null, null);
            return request.getEtag().isEmpty()
                    ? contents.write(lessonId, pages, Times.now(clock))
                    : contents.write(lessonId, pages, version(request.getEtag()), Times.now(clock));
        });
        Replies.send(
                observer,
                UpdateLessonContentResponse.newBuilder()
                        .setContent(LessonContentProtos.message(content))
                        .build());
    }

    private static long version(String etag) {
        try {
            return Long.parseLong(etag);
        } catch (NumberFormatException notOurs) {
            throw Errors.etagMismatch();
        }
    }
}
