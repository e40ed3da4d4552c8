package org.aula.assignments.bank;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuestionBankRequest;
import org.aula.api.assignments.v1.CreateQuestionBankResponse;
import org.aula.api.assignments.v1.DeleteQuestionBankRequest;
import org.aula.api.assignments.v1.DeleteQuestionBankResponse;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.GetQuestionBankRequest;
import org.aula.api.assignments.v1.GetQuestionBankResponse;
import org.aula.api.assignments.v1.ListBankQuestionsRequest;
import org.aula.api.assignments.v1.ListBankQuestionsResponse;
import org.aula.api.assignments.v1.ListQuestionBanksRequest;
import org.aula.api.assignments.v1.ListQuestionBanksResponse;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.UpdateQuestionBankRequest;
import org.aula.api.assignments.v1.UpdateQuestionBankResponse;
import org.aula.assignments.course.CourseAccess;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Bank;
import org.aula.assignments.draft.BankAccess;
import org.aula.assignments.draft.BankRepository;
import org.aula.assignments.question.QuestionMapper;
import org.aula.assignments.question.QuestionRepository;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// `aula.assignments.v1.QuestionBankService`.
@Singleton
final class QuestionBankGrpcService extends QuestionBankServiceGrpc.QuestionBankServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final int MAX_BANKS = 100;
    private static final String RESOURCE = "question_bank";

    private final BankRepository banks;
    private final BankAccess access;
    private final CourseRepository courses;
    private final CourseAccess courseAccess;
    private final QuestionRepository questions;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    QuestionBankGrpcService(
            BankRepository banks,
            BankAccess access,
            CourseRepository courses,
            CourseAccess courseAccess,
            QuestionRepository questions,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.banks = banks;
        this.access = access;
        this.courses = courses;
        this.courseAccess = courseAccess;
        this.questions = questions;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void createQuestionBank(
            CreateQuestionBankRequest request, StreamObserver<CreateQuestionBankResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        transactions.read(handle -> {
            courseAccess.requireAuthor(handle, courseId);
            return true;
        });
        var response = idempotency.run(request, CreateQuestionBankResponse.parser(), handle -> {
            var message = BankMapper.toProto(insert(handle, courseId, request));
            audit.record(handle, RESOURCE, message.getId(), null, message);
            return CreateQuestionBankResponse.newBuilder().setBank(message).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void getQuestionBank(GetQuestionBankRequest request, StreamObserver<GetQuestionBankResponse> observer) {
        var bank = transactions.read(handle -> access.requireAuthor(handle, UUID.fromString(request.getBankId())));
        Replies.send(
                observer,
                GetQuestionBankResponse.newBuilder()
                        .setBank(BankMapper.toProto(bank))
                        .build());
    }

    @Override
    public void listQuestionBanks(
            ListQuestionBanksRequest request, StreamObserver<ListQuestionBanksResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = transactions.read(handle -> {
            courseAccess.requireAuthor(handle, courseId);
            return banks.list(handle, courseId, after.orElse(null), size + 1);
        });
        var page = Page.of(
                rows, size, tokens, request, bank -> List.of(bank.id().toString()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListQuestionBanksResponse.newBuilder()
                        .addAllBanks(
                                page.items().stream().map(BankMapper::toProto).toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    public void updateQuestionBank(
            UpdateQuestionBankRequest request, StreamObserver<UpdateQuestionBankResponse> observer) {
        var id = UUID.fromString(request.getBankId());
        var bank = transactions.write(handle -> {
            var before = access.lock(handle, id, BankAccess::notFound);
            var after = BankMapper.update(before, request, Times.now(clock));
            if (after.equals(before)) {
                audit.nothing();
                return before;
            }
            Refusals.requireEtag(request.getEtag(), before.version());
            banks.update(handle, after);
            audit.record(handle, RESOURCE, id, BankMapper.toProto(before), BankMapper.toProto(after));
            return after;
        });
        Replies.send(
                observer,
                UpdateQuestionBankResponse.newBuilder()
                        .setBank(BankMapper.toProto(bank))
                        .build());
    }

    @Override
    public void deleteQuestionBank(
            DeleteQuestionBankRequest request, StreamObserver<DeleteQuestionBankResponse> observer) {
        var id = UUID.fromString(request.getBankId());
        transactions.writeVoid(handle -> {
            var bank = access.lock(handle, id, BankAccess::notFound);
            Refusals.requireEtag(request.getEtag(), bank.version());
            requireUnused(handle, id);
            banks.delete(handle, id);
            audit.record(handle, RESOURCE, id, BankMapper.toProto(bank), null);
        });
        Replies.send(observer, DeleteQuestionBankResponse.getDefaultInstance());
    }

    @Override
    public void listBankQuestions(
            ListBankQuestionsRequest request, StreamObserver<ListBankQuestionsResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var query = QuestionMapper.query(request, after.orElse(null), size + 1);
        var rows = transactions.read(handle -> {
            access.requireAuthor(handle, query.bankId());
            return questions.list(handle, query);
        });
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                question -> List.of(question.id().toString()),
                request.getWithItemTokens());
        Replies.send(
                observer,
                ListBankQuestionsResponse.newBuilder()
                        .addAllQuestions(page.items().stream()
                                .map(QuestionMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    private Bank insert(Handle handle, UUID courseId, CreateQuestionBankRequest request) {
        courses.lockLimits(handle, courseId);
        if (banks.count(handle, courseId) >= MAX_BANKS) {
            throw Refusals.tooMany("a course has " + MAX_BANKS + " banks at most", MAX_BANKS);
        }
        Refusals.requireText("title", request.getTitle());
        var bank = Bank.created(
                UuidCreator.getTimeOrderedEpoch(),
                courseId,
                request.getTitle(),
                request.getDescription(),
                Times.now(clock));
        banks.insert(handle, bank);
        return bank;
    }

    private void requireUnused(Handle handle, UUID bankId) {
        var quizzes = banks.quizzesOf(handle, bankId);
        if (quizzes > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_BANK_IN_USE,
                    "quizzes draw from this bank",
                    Map.of("quizzes", Integer.toString(quizzes)));
        }
    }
}
