package org.aula.assignments.quiz;

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
import org.aula.api.assignments.v1.QuizServiceHandler;
import org.aula.api.assignments.v1.ReorderQuizItemsRequest;
import org.aula.api.assignments.v1.ReorderQuizItemsResponse;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.api.assignments.v1.UpdateQuizResponse;
import org.aula.api.assignments.v1.WithdrawQuizRequest;
import org.aula.api.assignments.v1.WithdrawQuizResponse;
import org.aula.assignments.draw.DrawMapper;
import org.aula.assignments.question.QuestionMapper;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.time.Times;

/// `aula.assignments.v1.QuizService`.
@Singleton
final class QuizGrpcService extends QuizServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final QuizService quizzes;
    private final QuizBatchService batches;
    private final QuizReader reader;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;

    QuizGrpcService(
            QuizService quizzes,
            QuizBatchService batches,
            QuizReader reader,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock) {
        this.quizzes = quizzes;
        this.batches = batches;
        this.reader = reader;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected CreateQuizResponse createQuiz(CreateQuizRequest request) {
        var quiz = QuizMapper.create(request, Times.now(clock));
        quizzes.requireAuthor(quiz.courseId());
        return idempotency.run(
                request,
                CreateQuizResponse.parser(),
                () -> CreateQuizResponse.newBuilder()
                        .setQuiz(QuizMapper.toProto(quizzes.create(quiz)))
                        .build());
    }

    @Override
    protected BatchCreateQuizzesResponse batchCreateQuizzes(BatchCreateQuizzesRequest request) {
        var now = Times.now(clock);
        var batch = QuizBatchMapper.create(request, now);
        return idempotency.run(request, BatchCreateQuizzesResponse.parser(), () -> {
            batches.create(batch, now);
            return QuizBatchMapper.toProto(batch);
        });
    }

    @Override
    protected GetQuizResponse getQuiz(GetQuizRequest request) {
        var whole = reader.whole(UUID.fromString(request.getQuizId()));
        return GetQuizResponse.newBuilder()
                .setQuiz(QuizMapper.toProto(whole.quiz()))
                .addAllQuestions(
                        whole.questions().stream().map(QuestionMapper::toProto).toList())
                .addAllDraws(whole.draws().stream().map(DrawMapper::toProto).toList())
                .build();
    }

    @Override
    protected ListQuizzesResponse listQuizzes(ListQuizzesRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = reader.list(UUID.fromString(request.getCourseId()), after.orElse(null), size + 1);
        var page = Page.of(
                rows, size, tokens, request, quiz -> List.of(quiz.id().toString()), request.getWithItemTokens());
        return ListQuizzesResponse.newBuilder()
                .addAllQuizzes(page.items().stream().map(QuizMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected UpdateQuizResponse updateQuiz(UpdateQuizRequest request) {
        var quiz = quizzes.update(
                UUID.fromString(request.getQuizId()),
                request.getEtag(),
                before -> QuizMapper.update(before, request, Times.now(clock)));
        return UpdateQuizResponse.newBuilder().setQuiz(QuizMapper.toProto(quiz)).build();
    }

    @Override
    protected DeleteQuizResponse deleteQuiz(DeleteQuizRequest request) {
        quizzes.delete(UUID.fromString(request.getQuizId()), request.getEtag());
        return DeleteQuizResponse.getDefaultInstance();
    }

    @Override
    protected PublishQuizResponse publishQuiz(PublishQuizRequest request) {
        var quiz = quizzes.publish(UUID.fromString(request.getQuizId()), request.getEtag());
        return PublishQuizResponse.newBuilder()
                .setQuiz(QuizMapper.toProto(quiz))
                .build();
    }

    @Override
    protected WithdrawQuizResponse withdrawQuiz(WithdrawQuizRequest request) {
        var quiz = quizzes.withdraw(UUID.fromString(request.getQuizId()), request.getEtag());
        return WithdrawQuizResponse.newBuilder()
                .setQuiz(QuizMapper.toProto(quiz))
                .build();
    }

    @Override
    protected GetQuizVersionResponse getQuizVersion(GetQuizVersionRequest request) {
        var document = reader.version(UUID.fromString(request.getQuizId()), request.getVersion());
        return GetQuizVersionResponse.newBuilder()
                .setVersion(VersionMapper.version(document))
                .build();
    }

    @Override
    protected ReorderQuizItemsResponse reorderQuizItems(ReorderQuizItemsRequest request) {
        var quizId = UUID.fromString(request.getQuizId());
        var ids = request.getItemIdsList().stream().map(UUID::fromString).toList();
        var whole = quizzes.reorder(quizId, request.getEtag(), ids);
        return ReorderQuizItemsResponse.newBuilder()
                .setQuiz(QuizMapper.toProto(whole.quiz()))
                .addAllQuestions(
                        whole.questions().stream().map(QuestionMapper::toProto).toList())
                .addAllDraws(whole.draws().stream().map(DrawMapper::toProto).toList())
                .build();
    }

    @Override
    protected GetLearnerQuizResponse getLearnerQuiz(GetLearnerQuizRequest request) {
        var summary = reader.offered(UUID.fromString(request.getQuizId()));
        return GetLearnerQuizResponse.newBuilder()
                .setQuiz(VersionMapper.learners(summary))
                .build();
    }

    @Override
    protected ListLearnerQuizzesResponse listLearnerQuizzes(ListLearnerQuizzesRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var lessonId = request.getLessonId().isEmpty() ? null : UUID.fromString(request.getLessonId());
        var rows = reader.listOffered(UUID.fromString(request.getCourseId()), lessonId, after.orElse(null), size + 1);
        var page = Page.of(
                rows, size, tokens, request, row -> List.of(row.quizId().toString()), request.getWithItemTokens());
        return ListLearnerQuizzesResponse.newBuilder()
                .addAllQuizzes(page.items().stream()
                        .map(row -> VersionMapper.learners(row.summary()))
                        .toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }
}
