package org.aula.courses.lesson;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.CompareLessonRevisionsRequest;
import org.aula.api.courses.v1.CompareLessonRevisionsResponse;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonContentResponse;
import org.aula.api.courses.v1.GetLessonRevisionRequest;
import org.aula.api.courses.v1.GetLessonRevisionResponse;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.ListLessonRevisionsRequest;
import org.aula.api.courses.v1.ListLessonRevisionsResponse;
import org.aula.api.courses.v1.PublishLessonContentRequest;
import org.aula.api.courses.v1.PublishLessonContentResponse;
import org.aula.api.courses.v1.RollBackLessonContentRequest;
import org.aula.api.courses.v1.RollBackLessonContentResponse;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.api.courses.v1.UpdateLessonContentResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jspecify.annotations.Nullable;

/// What `aula.courses.v1.LessonService` says of the content of lessons; [LessonGrpcService] has the rest.
abstract class LessonContentGrpcService extends LessonServiceGrpc.LessonServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final LessonContents contents;
    private final LessonAccess access;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    LessonContentGrpcService(
            LessonContents contents,
            LessonAccess access,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.contents = contents;
        this.access = access;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    public void getLessonContent(GetLessonContentRequest request, StreamObserver<GetLessonContentResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        var seesAll = access.requireReader(lessonId);
        var content = seesAll && !request.getPublished() ? contents.newest(lessonId) : contents.published(lessonId);
        var shown = seesAll || request.getRevealSolutions() ? content : content.withoutSolutions();
        Replies.send(
                observer,
                GetLessonContentResponse.newBuilder()
                        .setContent(LessonContentMapper.toProto(shown))
                        .build());
    }

    @Override
    public void updateLessonContent(
            UpdateLessonContentRequest request, StreamObserver<UpdateLessonContentResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        var course = access.requireAuthor(lessonId);
        var pages = LessonContentMapper.fromProto(request.getPagesList());
        LessonContents.requireFits(pages);
        var change = transactions.write(handle -> {
            var written = contents.write(handle, course, lessonId, pages, expected(request.getEtag()), author());
            if (written.changed()) {
                audit.record(handle, "lesson", lessonId, null, null);
            } else {
                audit.nothing();
            }
            return written;
        });
        Replies.send(
                observer,
                UpdateLessonContentResponse.newBuilder()
                        .setContent(LessonContentMapper.toProto(change.content()))
                        .build());
    }

    @Override
    public void publishLessonContent(
            PublishLessonContentRequest request, StreamObserver<PublishLessonContentResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        var course = access.requireAuthor(lessonId);
        var revision = transactions.write(handle -> {
            var change = contents.publish(handle, course, lessonId, request.getRevision());
            var message = LessonRevisionMapper.toProto(change.stored().revision(), change.head());
            if (change.changed()) {
                audit.record(handle, "lesson", lessonId, null, message);
            } else {
                audit.nothing();
            }
            return message;
        });
        Replies.send(
                observer,
                PublishLessonContentResponse.newBuilder().setRevision(revision).build());
    }

    @Override
    public void listLessonRevisions(
            ListLessonRevisionsRequest request, StreamObserver<ListLessonRevisionsResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        access.requireAuthor(lessonId);
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var below = tokens.open(request, request.getPageToken())
                .map(key -> Integer.parseInt(key.getFirst()))
                .orElse(Integer.MAX_VALUE);
        var head = contents.head(lessonId);
        var page = Page.of(
                contents.list(head, below, size + 1),
                size,
                tokens,
                request,
                revision -> List.of(Integer.toString(revision.revision())),
                request.getWithItemTokens());
        Replies.send(
                observer,
                ListLessonRevisionsResponse.newBuilder()
                        .addAllRevisions(page.items().stream()
                                .map(revision -> LessonRevisionMapper.toProto(revision, head))
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void getLessonRevision(
            GetLessonRevisionRequest request, StreamObserver<GetLessonRevisionResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        access.requireAuthor(lessonId);
        var head = contents.head(lessonId);
        var stored = contents.revision(head, request.getRevision());
        Replies.send(
                observer,
                GetLessonRevisionResponse.newBuilder()
                        .setRevision(LessonRevisionMapper.toProto(stored.revision(), head))
                        .setContent(LessonContentMapper.toProto(LessonContents.content(head, stored)))
                        .build());
    }

    @Override
    public void compareLessonRevisions(
            CompareLessonRevisionsRequest request, StreamObserver<CompareLessonRevisionsResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        access.requireAuthor(lessonId);
        var head = contents.head(lessonId);
        var before = contents.revision(head, request.getFromRevision());
        var after = contents.revision(head, request.getToRevision());
        Replies.send(observer, LessonRevisionMapper.toProto(RevisionComparison.between(before.pages(), after.pages())));
    }

    @Override
    public void rollBackLessonContent(
            RollBackLessonContentRequest request, StreamObserver<RollBackLessonContentResponse> observer) {
        var lessonId = UUID.fromString(request.getLessonId());
        var course = access.requireAuthor(lessonId);
        var response = idempotency.run(request, RollBackLessonContentResponse.parser(), handle -> {
            var change = contents.rollBack(handle, course, lessonId, request.getRevision(), author());
            var message = LessonRevisionMapper.toProto(change.stored().revision(), change.head());
            audit.record(handle, "lesson", lessonId, null, message);
            return RollBackLessonContentResponse.newBuilder()
                    .setRevision(message)
                    .build();
        });
        Replies.send(observer, response);
    }

    private static @Nullable UUID author() {
        return CallScope.current().caller() instanceof Caller.User user ? user.id() : null;
    }

    private static @Nullable Integer expected(String etag) {
        try {
            return etag.isEmpty() ? null : Integer.valueOf(etag);
        } catch (NumberFormatException notOurs) {
            throw Errors.etagMismatch();
        }
    }
}
