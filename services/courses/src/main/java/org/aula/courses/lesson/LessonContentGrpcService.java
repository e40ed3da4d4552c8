package org.aula.courses.lesson;

import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.CompareLessonRevisionsRequest;
import org.aula.api.courses.v1.CompareLessonRevisionsResponse;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonContentResponse;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.GetLessonRevisionResponse;
import org.aula.api.courses.v1.LessonServiceHandler;
import org.aula.api.courses.v1.ListLessonRevisionsRequest;
import org.aula.api.courses.v1.ListLessonRevisionsResponse;
import org.aula.api.courses.v1.PublishLessonContentRequest;
import org.aula.api.courses.v1.PublishLessonContentResponse;
import org.aula.api.courses.v1.RollBackLessonContentRequest;
import org.aula.api.courses.v1.RollBackLessonContentResponse;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.UpdateLessonContentResponse;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// What `aula.courses.v1.LessonService` says of the content of lessons; [LessonGrpcService] has the rest.
abstract class LessonContentGrpcService extends LessonServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final LessonContentService contents;
    private final Idempotency idempotency;
    private final PageTokens tokens;

    LessonContentGrpcService(LessonContentService contents, Idempotency idempotency, PageTokens tokens) {
        this.contents = contents;
        this.idempotency = idempotency;
        this.tokens = tokens;
    }

    @Override
    protected GetLessonContentResponse getLessonContent(GetLessonContentRequest request) {
        var content = contents.read(
                UUID.fromString(request.getLessonId()), request.getPublished(), request.getRevealSolutions());
        return GetLessonContentResponse.newBuilder()
                .setContent(LessonContentMapper.toProto(content))
                .build();
    }

    @Override
    protected UpdateLessonContentResponse updateLessonContent(UpdateLessonContentRequest request) {
        var lessonId = UUID.fromString(request.getLessonId());
        var course = contents.requireAuthor(lessonId);
        var pages = LessonContentMapper.fromProto(request.getPagesList());
        var content = contents.update(course, lessonId, request.getEtag(), pages);
        return UpdateLessonContentResponse.newBuilder()
                .setContent(LessonContentMapper.toProto(content))
                .build();
    }

    @Override
    protected PublishLessonContentResponse publishLessonContent(PublishLessonContentRequest request) {
        var change = contents.publish(UUID.fromString(request.getLessonId()), request.getRevision());
        return PublishLessonContentResponse.newBuilder()
                .setRevision(LessonRevisionMapper.toProto(change))
                .build();
    }

    @Override
    protected ListLessonRevisionsResponse listLessonRevisions(ListLessonRevisionsRequest request) {
        var head = contents.head(UUID.fromString(request.getLessonId()));
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var below = tokens.open(request, request.getPageToken())
                .map(key -> Integer.parseInt(key.getFirst()))
                .orElse(Integer.MAX_VALUE);
        var page = Page.of(
                contents.list(head, below, size + 1),
                size,
                tokens,
                request,
                revision -> List.of(Integer.toString(revision.revision())),
                request.getWithItemTokens());
        return ListLessonRevisionsResponse.newBuilder()
                .addAllRevisions(page.items().stream()
                        .map(revision -> LessonRevisionMapper.toProto(revision, head))
                        .toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected GetLessonRevisionResponse getLessonRevision(GetLessonRevisionRequest request) {
        var head = contents.head(UUID.fromString(request.getLessonId()));
        var stored = contents.revision(head, request.getRevision());
        return GetLessonRevisionResponse.newBuilder()
                .setRevision(LessonRevisionMapper.toProto(stored.revision(), head))
                .setContent(LessonContentMapper.toProto(LessonContents.content(head, stored)))
                .build();
    }

    @Override
    protected CompareLessonRevisionsResponse compareLessonRevisions(CompareLessonRevisionsRequest request) {
        var head = contents.head(UUID.fromString(request.getLessonId()));
        var before = contents.revision(head, request.getFromRevision());
        var after = contents.revision(head, request.getToRevision());
        return LessonRevisionMapper.toProto(RevisionComparison.between(before.pages(), after.pages()));
    }

    @Override
    protected RollBackLessonContentResponse rollBackLessonContent(RollBackLessonContentRequest request) {
        var lessonId = UUID.fromString(request.getLessonId());
        var course = contents.requireAuthor(lessonId);
        return idempotency.run(request, RollBackLessonContentResponse.parser(), () -> {
            var change = contents.rollBack(course, lessonId, request.getRevision());
            return RollBackLessonContentResponse.newBuilder()
                    .setRevision(LessonRevisionMapper.toProto(change))
                    .build();
        });
    }
}
