package org.aula.assignments.bank;

import java.time.Instant;
import org.aula.api.assignments.v1.QuestionBank;
import org.aula.api.assignments.v1.UpdateQuestionBankRequest;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Bank;
import org.aula.kernel.change.Updates;
import org.aula.kernel.time.Times;

/// Banks to and from messages.
final class BankMapper {

    private BankMapper() {}

    /// A bank after what the mask names was changed.
    static Bank update(Bank before, UpdateQuestionBankRequest request, Instant now) {
        var wanted = QuestionBank.newBuilder()
                .setTitle(request.getTitle())
                .setDescription(request.getDescription())
                .build();
        var after = Updates.merge(toProto(before), wanted, request.getUpdateMask());
        Refusals.requireText("title", after.getTitle());
        return before.described(after.getTitle(), after.getDescription(), now);
    }

    static QuestionBank toProto(Bank bank) {
        return QuestionBank.newBuilder()
                .setId(bank.id().toString())
                .setCourseId(bank.courseId().toString())
                .setTitle(bank.title())
                .setDescription(bank.description())
                .setQuestionCount(bank.questionCount())
                .setCreateTime(Times.timestamp(bank.createdAt()))
                .setUpdateTime(Times.timestamp(bank.updatedAt()))
                .setEtag(Long.toString(bank.version()))
                .build();
    }
}
