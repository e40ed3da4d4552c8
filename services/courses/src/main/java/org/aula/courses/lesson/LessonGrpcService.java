package org.aula.courses.lesson;

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
import org.aula.kernel.change.Change;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// `aula.courses.v1.LessonService`.
@Singleton
final class LessonGrpcService extends LessonContentGrpcService {

    private static final int OF_EACH_SECTION = 100;
    private static final int MAX_PER_SECTION = 1_000;

    private final LessonRepository lessons;
    private final LessonOutline outline;
    private final LessonReader reader;
    private final CourseAccess courses;
    private final Database database;
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
            Database database,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        super(contents, access, database, idempotency, audit, tokens);
        this.lessons = lessons;
        this.outline = outline;
        this.reader = reader;
        this.courses = courses;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    protected CreateLessonResponse createLesson(CreateLessonRequest request) {
        var sectionId = UUID.fromString(request.getSectionId());
        var course = database
                .query(() -> lessons.findCourseOfSection(sectionId)
                        .flatMap(courseId -> courses.findToChange(courseId)))
                .orElseThrow(LessonOutline::noSection);
        return idempotency.run(request, CreateLessonResponse.parser(), () -> {
            var lesson = outline.append(
                    course.id(),
                    sectionId,
                    place -> LessonMapper.create(request, course.id(), place, Times.now(clock)));
            var message = LessonMapper.toProto(lesson);
            audit.recordCreated("lesson", lesson.id(), message);
            return CreateLessonResponse.newBuilder().setLesson(message).build();
        });
    }

    @Override
    protected GetLessonResponse getLesson(GetLessonRequest request) {
        var lessonId = UUID.fromString(request.getLessonId());
        var lesson = reader.find(lessonId).orElseThrow(LessonAccess::notFound);
        return GetLessonResponse.newBuilder()
                .setLesson(LessonMapper.toProto(lesson))
                .build();
    }

    @Override
    protected BatchListLessonsResponse batchListLessons(BatchListLessonsRequest request) {
        var sectionIds =
                request.getSectionIdsList().stream().map(UUID::fromString).toList();
        var first = Page.size(request.getFirst(), OF_EACH_SECTION, MAX_PER_SECTION);
        var lists = reader.list(sectionIds, first);
        return BatchListLessonsResponse.newBuilder()
                .addAllLists(lists.stream().map(LessonMapper::toProto).toList())
                .build();
    }

    @Override
    protected UpdateLessonResponse updateLesson(UpdateLessonRequest request) {
        var id = UUID.fromString(request.getLessonId());
        var lesson = database.transact(() -> audited(
                outline.change(id, request.getEtag(), before -> LessonMapper.update(before, request))));
        return UpdateLessonResponse.newBuilder()
                .setLesson(LessonMapper.toProto(lesson))
                .build();
    }

    @Override
    protected DeleteLessonResponse deleteLesson(DeleteLessonRequest request) {
        var id = UUID.fromString(request.getLessonId());
        database.transact(() -> {
            var removed = outline.remove(id, request.getEtag());
            audit.recordDeleted("lesson", id, LessonMapper.toProto(removed));
        });
        return DeleteLessonResponse.getDefaultInstance();
    }

    @Override
    protected ReorderLessonsResponse reorderLessons(ReorderLessonsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var ordered = database.transact(() -> {
            audit.recordAction("course", courseId);
            return outline.reorder(courseId, LessonMapper.sectionIds(request), LessonMapper.places(request));
        });
        return ReorderLessonsResponse.newBuilder()
                .addAllLessons(ordered.stream().map(LessonMapper::toProto).toList())
                .build();
    }

    @Override
    protected SetLessonPrerequisitesResponse setLessonPrerequisites(SetLessonPrerequisitesRequest request) {
        var id = UUID.fromString(request.getLessonId());
        var prerequisiteIds = request.getPrerequisiteLessonIdsList().stream()
                .map(UUID::fromString)
                .toList();
        var lesson = database.transact(() -> audited(outline.require(id, prerequisiteIds)));
        return SetLessonPrerequisitesResponse.newBuilder()
                .setLesson(LessonMapper.toProto(lesson))
                .build();
    }

    private Lesson audited(Change<Lesson> change) {
        audit.record("lesson", change.after().id(), change, LessonMapper::toProto);
        return change.after();
    }
}
