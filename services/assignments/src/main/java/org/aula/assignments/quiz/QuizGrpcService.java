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
import org.aula.assignments.course.CourseErrors;
import org.aula.assignments.draw.DrawMapper;
import org.aula.assignments.question.QuestionMapper;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// `aula.assignments.v1.QuizService`.
@Singleton
final class QuizGrpcService extends QuizServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final String RESOURCE = "quiz";

    private final QuizChange changes;
    private final QuizBatch batches;
    private final QuizReader reader;
    private final CourseGuard courses;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    QuizGrpcService(
            QuizChange changes,
            QuizBatch batches,
            QuizReader reader,
            CourseGuard courses,
            Database database,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.changes = changes;
        this.batches = batches;
        this.reader = reader;
        this.courses = courses;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected CreateQuizResponse createQuiz(CreateQuizRequest request) {
        var quiz = QuizMapper.create(request, Times.now(clock));
        database.query(() -> {
            courses.requireTeacher(quiz.courseId(), CourseErrors::notFound);
            return true;
        });
        return idempotency.run(request, CreateQuizResponse.parser(), () -> {
            changes.insert(quiz);
            var message = QuizMapper.toProto(quiz);
            audit.recordCreated(RESOURCE, quiz.id(), message);
            return CreateQuizResponse.newBuilder().setQuiz(message).build();
        });
    }

    @Override
    protected BatchCreateQuizzesResponse batchCreateQuizzes(BatchCreateQuizzesRequest request) {
        var now = Times.now(clock);
        var batch = QuizBatchMapper.of(request, now);
        return idempotency.run(request, BatchCreateQuizzesResponse.parser(), () -> {
            batches.insert(batch, now);
            audit.recordAction("course", batch.courseId());
            return batch.answer();
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
        var quiz = change(
                request.getQuizId(),
                id -> changes.edit(
                        id, request.getEtag(), before -> QuizMapper.update(before, request, Times.now(clock))));
        return UpdateQuizResponse.newBuilder().setQuiz(quiz).build();
    }

    @Override
    protected DeleteQuizResponse deleteQuiz(DeleteQuizRequest request) {
        database.transact(() -> {
            var quiz = changes.delete(UUID.fromString(request.getQuizId()), request.getEtag());
            audit.recordDeleted(RESOURCE, quiz.id(), QuizMapper.toProto(quiz));
        });
        return DeleteQuizResponse.getDefaultInstance();
    }

    @Override
    protected PublishQuizResponse publishQuiz(PublishQuizRequest request) {
        var quiz = change(request.getQuizId(), id -> changes.publish(id, request.getEtag()));
        return PublishQuizResponse.newBuilder().setQuiz(quiz).build();
    }

    @Override
    protected WithdrawQuizResponse withdrawQuiz(WithdrawQuizRequest request) {
        var quiz = change(request.getQuizId(), id -> changes.withdraw(id, request.getEtag()));
        return WithdrawQuizResponse.newBuilder().setQuiz(quiz).build();
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
        var whole = database.transact(() -> {
            var ordered = changes.reorder(quizId, request.getEtag(), ids);
            audit.recordAction(RESOURCE, quizId);
            return ordered;
        });
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

    /// Changes a quiz and writes the entry.
    private org.aula.api.assignments.v1.Quiz change(String quizId, QuizChange.Rule rule) {
        return database.transact(() -> {
            var change = rule.apply(UUID.fromString(quizId));
            var after = QuizMapper.toProto(change.after());
            audit.record(RESOURCE, quizId, change, QuizMapper::toProto);
            return after;
        });
    }
}
