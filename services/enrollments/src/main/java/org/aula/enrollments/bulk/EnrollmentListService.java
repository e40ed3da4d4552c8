package org.aula.enrollments.bulk;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.enrollment.EnrollmentService;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Lists on their way from the first part to the run. They belong to all who may enroll others.
@Singleton
final class EnrollmentListService {

    private static final String RESOURCE = "enrollment_list";

    private final EnrollmentListRepository lists;
    private final BulkRunRepository runs;
    private final ListParts parts;
    private final EnrollmentService enrollmentService;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    EnrollmentListService(
            EnrollmentListRepository lists,
            BulkRunRepository runs,
            ListParts parts,
            EnrollmentService enrollmentService,
            Database database,
            Audit audit,
            Clock clock) {
        this.lists = lists;
        this.runs = runs;
        this.parts = parts;
        this.enrollmentService = enrollmentService;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Inserts a list without parts, in the caller's transaction.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND
    EnrollmentList create(UUID ownerId, @Nullable UUID courseId, boolean waivesPrerequisites) {
        if (courseId != null) {
            enrollmentService.requireOpen(courseId);
        }
        var list = new EnrollmentList(
                UuidCreator.getTimeOrderedEpoch(), ownerId, courseId, waivesPrerequisites, 0, 0, Times.now(clock));
        lists.insert(list);
        audit.recordCreated(RESOURCE, list.id(), ListMapper.toProto(list));
        return list;
    }

    /// Adds the next part; one that was added before stays.
    ///
    /// @throws ServiceException ENROLLMENT_LIST_NOT_FOUND, ENROLLMENT_LIST_CLOSED, LIST_PART_MISMATCH
    EnrollmentList addPart(UUID id, int number, byte[] csv) {
        return database.transact(() -> addPartInTransaction(id, number, csv));
    }

    private EnrollmentList addPartInTransaction(UUID id, int number, byte[] csv) {
        var list = lists.lock(id).orElseThrow(() -> notFound(id));
        if (number <= list.partCount()) {
            var known = lists.findPart(id, number).orElseThrow();
            if (!Arrays.equals(known, csv)) {
                throw mismatch(list, "this part was added before with other contents");
            }
            audit.nothing();
            return list;
        }
        lists.findRun(id).ifPresent(operationId -> {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_ENROLLMENT_LIST_CLOSED,
                    "the list was run; make a new one to add more",
                    Map.of("operation_id", operationId.toString()));
        });
        if (number != list.partCount() + 1) {
            throw mismatch(list, "parts before this one are missing");
        }
        lists.insertPart(id, number, csv);
        lists.grow(id, number, csv.length);
        var longer = lists.find(id).orElseThrow();
        audit.record(RESOURCE, id, new Change<>(list, longer), ListMapper::toProto);
        return longer;
    }

    /// Looks at the names of the columns.
    ///
    /// @throws ServiceException ENROLLMENT_LIST_NOT_FOUND, LIST_INVALID
    void requireReadable(UUID id) {
        var list = database.query(() -> lists.find(id)).orElseThrow(() -> notFound(id));
        try (var reader = parts.read(list)) {
            reader.next(1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Closes the list for an operation, in the caller's transaction.
    void begin(UUID id, UUID operationId) {
        if (lists.lock(id).isEmpty()) {
            throw notFound(id);
        }
        runs.insert(operationId, id);
        audit.recordAction(RESOURCE, id);
    }

    /// @throws ServiceException ENROLLMENT_LIST_NOT_FOUND
    EnrollmentList require(UUID id) {
        return database.query(() -> lists.find(id)).orElseThrow(() -> notFound(id));
    }

    private static ServiceException mismatch(EnrollmentList list, String message) {
        return Errors.invalid(
                ErrorReason.ERROR_REASON_LIST_PART_MISMATCH,
                message,
                List.of(Errors.violation("number", message)),
                Map.of("expected", Integer.toString(list.partCount() + 1)));
    }

    private static ServiceException notFound(UUID id) {
        return Errors.notFound(
                ErrorReason.ERROR_REASON_ENROLLMENT_LIST_NOT_FOUND, "there is no list of enrollments " + id);
    }
}
