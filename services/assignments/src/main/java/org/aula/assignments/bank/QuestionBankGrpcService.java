package org.aula.assignments.bank;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuestionBankRequest;
import org.aula.api.assignments.v1.CreateQuestionBankResponse;
import org.aula.api.assignments.v1.DeleteQuestionBankRequest;
import org.aula.api.assignments.v1.DeleteQuestionBankResponse;
import org.aula.api.assignments.v1.GetQuestionBankRequest;
import org.aula.api.assignments.v1.GetQuestionBankResponse;
import org.aula.api.assignments.v1.ListBankQuestionsRequest;
import org.aula.api.assignments.v1.ListBankQuestionsResponse;
import org.aula.api.assignments.v1.ListQuestionBanksRequest;
import org.aula.api.assignments.v1.ListQuestionBanksResponse;
import org.aula.api.assignments.v1.QuestionBankServiceHandler;
import org.aula.api.assignments.v1.UpdateQuestionBankRequest;
import org.aula.api.assignments.v1.UpdateQuestionBankResponse;
import org.aula.assignments.question.QuestionMapper;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// `aula.assignments.v1.QuestionBankService`.
@Singleton
final class QuestionBankGrpcService extends QuestionBankServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final BankService banks;
    private final Idempotency idempotency;
    private final PageTokens tokens;

    QuestionBankGrpcService(BankService banks, Idempotency idempotency, PageTokens tokens) {
        this.banks = banks;
        this.idempotency = idempotency;
        this.tokens = tokens;
    }

    @Override
    protected CreateQuestionBankResponse createQuestionBank(CreateQuestionBankRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        banks.requireAuthor(courseId);
        return idempotency.run(
                request,
                CreateQuestionBankResponse.parser(),
                () -> CreateQuestionBankResponse.newBuilder()
                        .setBank(BankMapper.toProto(
                                banks.create(courseId, request.getTitle(), request.getDescription())))
                        .build());
    }

    @Override
    protected GetQuestionBankResponse getQuestionBank(GetQuestionBankRequest request) {
        var bank = banks.get(UUID.fromString(request.getBankId()));
        return GetQuestionBankResponse.newBuilder()
                .setBank(BankMapper.toProto(bank))
                .build();
    }

    @Override
    protected ListQuestionBanksResponse listQuestionBanks(ListQuestionBanksRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = banks.list(UUID.fromString(request.getCourseId()), after.orElse(null), size + 1);
        var page = Page.of(
                rows, size, tokens, request, bank -> List.of(bank.id().toString()), request.getWithItemTokens());
        return ListQuestionBanksResponse.newBuilder()
                .addAllBanks(page.items().stream().map(BankMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected UpdateQuestionBankResponse updateQuestionBank(UpdateQuestionBankRequest request) {
        var bank = banks.update(
                UUID.fromString(request.getBankId()),
                request.getEtag(),
                (before, now) -> BankMapper.update(before, request, now));
        return UpdateQuestionBankResponse.newBuilder()
                .setBank(BankMapper.toProto(bank))
                .build();
    }

    @Override
    protected DeleteQuestionBankResponse deleteQuestionBank(DeleteQuestionBankRequest request) {
        banks.delete(UUID.fromString(request.getBankId()), request.getEtag());
        return DeleteQuestionBankResponse.getDefaultInstance();
    }

    @Override
    protected ListBankQuestionsResponse listBankQuestions(ListBankQuestionsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = banks.listQuestions(QuestionMapper.query(request, after.orElse(null), size + 1));
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
}
