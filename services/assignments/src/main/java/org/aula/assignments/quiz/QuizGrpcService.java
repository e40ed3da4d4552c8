package org.aula.assignments.quiz;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.BatchCreateQuizzesRequest;
import org.aula.api.assignments.v1.BatchCreateQuizzesResponse;
import org.aula.api.assignments.v1.CreateQuizRequest;
import org.aula.api.assignments.v1.CreateQuizResponse;
import org.aula.api.assignments.v1.DeleteQuizRequest;
import org.aula.api.assignments.v1.DeleteQuizResponse;
import org.aula.api.assignments.v1.GetLearnerQuizRequest;
import org.aula.api.assignments.v1.GetLearnerQuizResponse;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.GetQuizVersionRequest;
import org.aula.api.assignments.v1.GetQuizVersionResponse;
import org.aula.api.assignments.v1.ListLearnerQuizzesRequest;
import org.aula.api.assignments.v1.ListLearnerQuizzesResponse;
import org.aula.api.assignments.v1.ListQuizzesRequest;
import org.aula.api.assignments.v1.ListQuizzesResponse;
import org.aula.api.assignments.v1.PublishQuizRequest;
import org.aula.api.assignments.v1.PublishQuizResponse;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.assignments.v1.ReorderQuizItemsRequest;
import org.aula.api.assignments.v1.ReorderQuizItemsResponse;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.api.assignments.v1.UpdateQuizResponse;
import org.aula.api.assignments.v1.WithdrawQuizRequest;
import org.aula.api.assignments.v1.WithdrawQuizResponse;
import org.aula.assignments.course.CourseAccess;
import org.aula.assignments.draw.DrawMapper;
import org.aula.assignments.question.QuestionMapper;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;

/// `aula.assignments.v1.QuizService`.
@Singleton
final class QuizGrpcService extends QuizServiceGrpc.QuizServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final String RESOURCE = "quiz";

    private final QuizChange changes;
    private final QuizBatch batches;
    private final QuizReader reader;
    private final CourseAccess courses;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    QuizGrpcService(
            QuizChange changes,
            QuizBatch batches,
            QuizReader reader,
            CourseAccess courses,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.changes = changes;
        this.batches = batches;
        this.reader = reader;
        this.courses = courses;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void createQuiz(CreateQuizRequest request, StreamObserver<CreateQuizResponse> observer) {
        var quiz = QuizMapper.create(request, Times.now(clock));
        transactions.read(handle -> {
            courses.requireAuthor(handle, quiz.courseId());
            return true;
        });
        var response = idempotency.run(request, CreateQuizResponse.parser(), handle -> {
            changes.insert(handle, quiz);
            var message = QuizMapper.toProto(quiz);
            audit.record(handle, RESOURCE, quiz.id(), null, message);
            return CreateQuizResponse.newBuilder().setQuiz(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void batchCreateQuizzes(
            BatchCreateQuizzesRequest request, StreamObserver<BatchCreateQuizzesResponse> observer) {
        var now = Times.now(clock);
        var batch = QuizBatchMapper.of(request, now);
        var response = idempotency.run(request, BatchCreateQuizzesResponse.parser(), handle -> {
            batches.insert(handle, batch, now);
            audit.record(handle, "course", batch.courseId(), null, null);
            return batch.answer();
        });
        Replies.send(observer, response);
    }

    @Override
    public void getQuiz(GetQuizRequest request, StreamObserver<GetQuizResponse> observer) {
        var whole = reader.whole(UUID.fromString(request.getQuizId()));
        Replies.send(
                observer,
                GetQuizResponse.newBuilder()
                        .setQuiz(QuizMapper.toProto(whole.quiz()))
                        .addAllQuestions(whole.questions().stream()
                                .map(QuestionMapper::toProto)
                                .toList())
                        .addAllDraws(
                                whole.draws().stream().map(DrawMapper::toProto).toList())
                        .build());
    }

    @Override
    public void listQuizzes(ListQuizzesRequest request, StreamObserver<ListQuizzesResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = reader.list(UUID.fromString(request.getCourseId()), after.orElse(null), size + 1);
        var page = Page.of(
                rows, size, tokens, request, quiz -> List.of(quiz.id().toString()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListQuizzesResponse.newBuilder()
                        .addAllQuizzes(
                                page.items().stream().map(QuizMapper::toProto).toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void updateQuiz(UpdateQuizRequest request, StreamObserver<UpdateQuizResponse> observer) {
        var quiz = change(
                request.getQuizId(),
                (handle, id) -> changes.edit(
                        handle, id, request.getEtag(), before -> QuizMapper.update(before, request, Times.now(clock))));
        Replies.send(observer, UpdateQuizResponse.newBuilder().setQuiz(quiz).build());
    }

    @Override
    public void deleteQuiz(DeleteQuizRequest request, StreamObserver<DeleteQuizResponse> observer) {
        transactions.writeVoid(handle -> {
            var quiz = changes.delete(handle, UUID.fromString(request.getQuizId()), request.getEtag());
            audit.record(handle, RESOURCE, quiz.id(), QuizMapper.toProto(quiz), null);
        });
        Replies.send(observer, DeleteQuizResponse.getDefaultInstance());
    }

    @Override
    public void publishQuiz(PublishQuizRequest request, StreamObserver<PublishQuizResponse> observer) {
        var quiz = change(request.getQuizId(), (handle, id) -> changes.publish(handle, id, request.getEtag()));
        Replies.send(observer, PublishQuizResponse.newBuilder().setQuiz(quiz).build());
    }

    @Override
    public void withdrawQuiz(WithdrawQuizRequest request, StreamObserver<WithdrawQuizResponse> observer) {
        var quiz = change(request.getQuizId(), (handle, id) -> changes.withdraw(handle, id, request.getEtag()));
        Replies.send(observer, WithdrawQuizResponse.newBuilder().setQuiz(quiz).build());
    }

    @Override
    public void getQuizVersion(GetQuizVersionRequest request, StreamObserver<GetQuizVersionResponse> observer) {
        var document = reader.version(UUID.fromString(request.getQuizId()), request.getVersion());
        Replies.send(
                observer,
                GetQuizVersionResponse.newBuilder()
                        .setVersion(VersionMapper.version(document))
                        .build());
    }

    @Override
    public void reorderQuizItems(ReorderQuizItemsRequest request, StreamObserver<ReorderQuizItemsResponse> observer) {
        var quizId = UUID.fromString(request.getQuizId());
        var ids = request.getItemIdsList().stream().map(UUID::fromString).toList();
        var whole = transactions.write(handle -> {
            var ordered = changes.reorder(handle, quizId, request.getEtag(), ids);
            audit.record(handle, RESOURCE, quizId, null, null);
            return ordered;
        });
        Replies.send(
                observer,
                ReorderQuizItemsResponse.newBuilder()
                        .setQuiz(QuizMapper.toProto(whole.quiz()))
                        .addAllQuestions(whole.questions().stream()
                                .map(QuestionMapper::toProto)
                                .toList())
                        .addAllDraws(
                                whole.draws().stream().map(DrawMapper::toProto).toList())
                        .build());
    }

    @Override
    public void getLearnerQuiz(GetLearnerQuizRequest request, StreamObserver<GetLearnerQuizResponse> observer) {
        var summary = reader.offered(UUID.fromString(request.getQuizId()));
        Replies.send(
                observer,
                GetLearnerQuizResponse.newBuilder()
                        .setQuiz(VersionMapper.learners(summary))
                        .build());
    }

    @Override
    public void listLearnerQuizzes(
            ListLearnerQuizzesRequest request, StreamObserver<ListLearnerQuizzesResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var lessonId = request.getLessonId().isEmpty() ? null : UUID.fromString(request.getLessonId());
        var rows = reader.listOffered(UUID.fromString(request.getCourseId()), lessonId, after.orElse(null), size + 1);
        var page = Page.of(
                rows, size, tokens, request, row -> List.of(row.quizId().toString()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListLearnerQuizzesResponse.newBuilder()
                        .addAllQuizzes(page.items().stream()
                                .map(row -> VersionMapper.learners(row.summary()))
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    /// Changes a quiz and writes the entry.
    private org.aula.api.assignments.v1.Quiz change(String quizId, QuizChange.Rule rule) {
        return transactions.write(handle -> {
            var change = rule.apply(handle, UUID.fromString(quizId));
            var after = QuizMapper.toProto(change.after());
            if (change.isNothing()) {
                audit.nothing();
            } else {
                audit.record(handle, RESOURCE, quizId, QuizMapper.toProto(change.before()), after);
            }
            return after;
        });
    }
}
