package org.aula.assignments.draft;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.assignments.course.CourseAccess;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jdbi.v3.core.Handle;

/// Banks for who may work on them: the course's author. From others they are hidden.
@Singleton
public final class BankAccess {

    private final BankRepository banks;
    private final CourseAccess courses;

    BankAccess(BankRepository banks, CourseAccess courses) {
        this.banks = banks;
        this.courses = courses;
    }

    /// @throws ServiceException NOT_FOUND with BANK_NOT_FOUND
    public Bank requireAuthor(Handle handle, UUID id) {
        var bank = banks.find(handle, id).orElseThrow(BankAccess::notFound);
        courses.requireAuthor(handle, bank.courseId(), BankAccess::notFound);
        return bank;
    }

    /// The same, and nobody else changes the bank, its questions or draws from it until the end of the
    /// transaction.
    ///
    /// @param hidden what is told when it does not exist for the caller
    public Bank lock(Handle handle, UUID id, Supplier<ServiceException> hidden) {
        var bank = banks.find(handle, id).orElseThrow(hidden);
        courses.requireAuthor(handle, bank.courseId(), hidden);
        return banks.lock(handle, id).orElseThrow(hidden);
    }

    /// NOT_FOUND with BANK_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_BANK_NOT_FOUND, "there is no such bank");
    }
}
