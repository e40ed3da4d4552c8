package org.aula.assignments.draft;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Banks for who may work on them: the course's author. From others they are hidden.
@Singleton
public final class BankAccess {

    private final BankRepository banks;
    private final CourseGuard guard;

    BankAccess(BankRepository banks, CourseGuard guard) {
        this.banks = banks;
        this.guard = guard;
    }

    /// @throws ServiceException NOT_FOUND with BANK_NOT_FOUND
    public Bank requireAuthor(UUID id) {
        return requireAuthor(id, BankAccess::notFound);
    }

    /// @param hidden what is told when it does not exist for the caller
    public Bank requireAuthor(UUID id, Supplier<ServiceException> hidden) {
        var bank = banks.find(id).orElseThrow(hidden);
        guard.requireTeacherElseHide(bank.courseId(), hidden);
        return bank;
    }

    /// The same, and nobody else changes the bank, its questions or draws from it until the end of the
    /// transaction.
    ///
    /// @param hidden what is told when it does not exist for the caller
    public Bank lock(UUID id, Supplier<ServiceException> hidden) {
        requireAuthor(id, hidden);
        return banks.lock(id).orElseThrow(hidden);
    }

    /// NOT_FOUND with BANK_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_BANK_NOT_FOUND, "bank not found");
    }
}
