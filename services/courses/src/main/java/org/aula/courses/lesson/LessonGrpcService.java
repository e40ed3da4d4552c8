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
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.time.Times;

/// `aula.courses.v1.LessonService`.
@Singleton
final class LessonGrpcService extends LessonContentGrpcService {

    private static final int OF_EACH_SECTION = 100;
    private static final int MAX_PER_SECTION = 1_000;

    private final LessonService lessons;
    private final LessonReader reader;
    private final Idempotency idempotency;
    private final Clock clock;

    LessonGrpcService(
            LessonService lessons,
            LessonReader reader,
            LessonContentService contents,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock) {
        super(contents, idempotency, tokens);
        this.lessons = lessons;
        this.reader = reader;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Override
    protected CreateLessonResponse createLesson(CreateLessonRequest request) {
        var sectionId = UUID.fromString(request.getSectionId());
        var courseId = lessons.requireAuthorOfSection(sectionId);
        return idempotency.run(request, CreateLessonResponse.parser(), () -> {
            var lesson = lessons.create(
                    courseId,
                    sectionId,
                    sortOrder -> LessonMapper.create(request, courseId, sortOrder, Times.now(clock)));
            return CreateLessonResponse.newBuilder()
                    .setLesson(LessonMapper.toProto(lesson))
                    .build();
        });
    }

    @Override
    protected GetLessonResponse getLesson(GetLessonRequest request) {
        var lesson = reader.get(UUID.fromString(request.getLessonId()));
        return GetLessonResponse.newBuilder()
                .setLesson(LessonMapper.toProto(lesson))
                .build();
    }

    @Override
    protected BatchListLessonsResponse batchListLessons(BatchListLessonsRequest request) {
        var sectionIds =
                request.getSectionIdsList().stream().map(UUID::fromString).toList();
        var lists = reader.list(sectionIds, Page.size(request.getFirst(), OF_EACH_SECTION, MAX_PER_SECTION));
        return BatchListLessonsResponse.newBuilder()
                .addAllLists(lists.stream().map(LessonMapper::toProto).toList())
                .build();
    }

    @Override
    protected UpdateLessonResponse updateLesson(UpdateLessonRequest request) {
        var lesson = lessons.update(
                UUID.fromString(request.getLessonId()),
                request.getEtag(),
                before -> LessonMapper.update(before, request));
        return UpdateLessonResponse.newBuilder()
                .setLesson(LessonMapper.toProto(lesson))
                .build();
    }

    @Override
    protected DeleteLessonResponse deleteLesson(DeleteLessonRequest request) {
        lessons.delete(UUID.fromString(request.getLessonId()), request.getEtag());
        return DeleteLessonResponse.getDefaultInstance();
    }

    @Override
    protected ReorderLessonsResponse reorderLessons(ReorderLessonsRequest request) {
        var ordered = lessons.reorder(
                UUID.fromString(request.getCourseId()),
                LessonMapper.sectionIds(request),
                LessonMapper.positions(request));
        return ReorderLessonsResponse.newBuilder()
                .addAllLessons(ordered.stream().map(LessonMapper::toProto).toList())
                .build();
    }

    @Override
    protected SetLessonPrerequisitesResponse setLessonPrerequisites(SetLessonPrerequisitesRequest request) {
        var prerequisiteIds = request.getPrerequisiteLessonIdsList().stream()
                .map(UUID::fromString)
                .toList();
        var lesson = lessons.setPrerequisites(UUID.fromString(request.getLessonId()), prerequisiteIds);
        return SetLessonPrerequisitesResponse.newBuilder()
                .setLesson(LessonMapper.toProto(lesson))
                .build();
    }
}
