package org.aula.assignments.bank;

import com.github.f4b6a3.uuid.UuidCreator;
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
import org.aula.api.assignments.v1.QuestionBankServiceHandler;
import org.aula.api.assignments.v1.UpdateQuestionBankRequest;
import org.aula.api.assignments.v1.UpdateQuestionBankResponse;
import org.aula.assignments.course.CourseErrors;
import org.aula.assignments.course.CourseRepository;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Bank;
import org.aula.assignments.draft.BankAccess;
import org.aula.assignments.draft.BankRepository;
import org.aula.assignments.question.QuestionMapper;
import org.aula.assignments.question.QuestionRepository;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// `aula.assignments.v1.QuestionBankService`.
@Singleton
final class QuestionBankGrpcService extends QuestionBankServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final int MAX_BANKS = 100;
    private static final String RESOURCE = "question_bank";

    private final BankRepository banks;
    private final BankAccess access;
    private final CourseRepository courses;
    private final CourseGuard courseAccess;
    private final QuestionRepository questions;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    QuestionBankGrpcService(
            BankRepository banks,
            BankAccess access,
            CourseRepository courses,
            CourseGuard courseAccess,
            QuestionRepository questions,
            Database database,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.banks = banks;
        this.access = access;
        this.courses = courses;
        this.courseAccess = courseAccess;
        this.questions = questions;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected CreateQuestionBankResponse createQuestionBank(CreateQuestionBankRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        database.query(() -> {
            courseAccess.requireTeacher(courseId, CourseErrors::notFound);
            return true;
        });
        return idempotency.run(request, CreateQuestionBankResponse.parser(), () -> {
            var message = BankMapper.toProto(insert(courseId, request));
            audit.recordCreated(RESOURCE, message.getId(), message);
            return CreateQuestionBankResponse.newBuilder().setBank(message).build();
        });
    }

    @Override
    protected GetQuestionBankResponse getQuestionBank(GetQuestionBankRequest request) {
        var bank = database.query(() -> access.requireAuthor(UUID.fromString(request.getBankId())));
        return GetQuestionBankResponse.newBuilder()
                .setBank(BankMapper.toProto(bank))
                .build();
    }

    @Override
    protected ListQuestionBanksResponse listQuestionBanks(ListQuestionBanksRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = database.query(() -> {
            courseAccess.requireTeacher(courseId, CourseErrors::notFound);
            return banks.list(courseId, after.orElse(null), size + 1);
        });
        var page = Page.of(
                rows, size, tokens, request, bank -> List.of(bank.id().toString()), request.getWithItemTokens());
        return ListQuestionBanksResponse.newBuilder()
                .addAllBanks(page.items().stream().map(BankMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    @Override
    protected UpdateQuestionBankResponse updateQuestionBank(UpdateQuestionBankRequest request) {
        var id = UUID.fromString(request.getBankId());
        var bank = database.transact(() -> {
            var before = access.lock(id, BankAccess::notFound);
            var after = BankMapper.update(before, request, Times.now(clock));
            if (after.equals(before)) {
                audit.nothing();
                return before;
            }
            Etags.require(request.getEtag(), before.version());
            banks.update(after);
            audit.record(RESOURCE, id, BankMapper.toProto(before), BankMapper.toProto(after));
            return after;
        });
        return UpdateQuestionBankResponse.newBuilder()
                .setBank(BankMapper.toProto(bank))
                .build();
    }

    @Override
    protected DeleteQuestionBankResponse deleteQuestionBank(DeleteQuestionBankRequest request) {
        var id = UUID.fromString(request.getBankId());
        database.transact(() -> {
            var bank = access.lock(id, BankAccess::notFound);
            Etags.require(request.getEtag(), bank.version());
            requireUnused(id);
            banks.delete(id);
            audit.recordDeleted(RESOURCE, id, BankMapper.toProto(bank));
        });
        return DeleteQuestionBankResponse.getDefaultInstance();
    }

    @Override
    protected ListBankQuestionsResponse listBankQuestions(ListBankQuestionsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var query = QuestionMapper.query(request, after.orElse(null), size + 1);
        var rows = database.query(() -> {
            access.requireAuthor(query.bankId());
            return questions.list(query);
        });
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                question -> List.of(question.id().toString()),
                request.getWithItemTokens());
        return ListBankQuestionsResponse.newBuilder()
                .addAllQuestions(
                        page.items().stream().map(QuestionMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    private Bank insert(UUID courseId, CreateQuestionBankRequest request) {
        courses.lockLimits(courseId);
        if (banks.count(courseId) >= MAX_BANKS) {
            throw Refusals.tooMany("a course has " + MAX_BANKS + " banks at most", MAX_BANKS);
        }
        Refusals.requireText("title", request.getTitle());
        var bank = Bank.created(
                UuidCreator.getTimeOrderedEpoch(),
                courseId,
                request.getTitle(),
                request.getDescription(),
                Times.now(clock));
        banks.insert(bank);
        return bank;
    }

    private void requireUnused(UUID bankId) {
        var quizzes = banks.quizzesOf(bankId);
        if (quizzes > 0) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_BANK_IN_USE,
                    "quizzes draw from this bank",
                    Map.of("quizzes", Integer.toString(quizzes)));
        }
    }
}
