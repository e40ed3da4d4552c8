package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.course.CourseErrors;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// How the grade of a course is made: who teaches the course reads and changes it, and each change has its
/// entry in the audit log and marks the grades that follow.
@Singleton
final class GradebookSettingsService {

    /// An item and the category into which it goes.
    record Placing(UUID itemId, String categoryId) {}

    private final SettingsRepository settings;
    private final GradebookRepository rows;
    private final Gradebook gradebook;
    private final CourseGuard guard;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    GradebookSettingsService(
            SettingsRepository settings,
            GradebookRepository rows,
            Gradebook gradebook,
            CourseGuard guard,
            Database database,
            Audit audit,
            Clock clock) {
        this.settings = settings;
        this.rows = rows;
        this.gradebook = gradebook;
        this.guard = guard;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// The settings of a course with its items.
    ///
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER
    GradeSheet get(UUID courseId) {
        return database.query(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            return gradebook.sheet(courseId);
        });
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    ///
    /// @param next gives the wanted settings out of those there are
    /// @return the settings and items as they are then
    /// @throws ServiceException COURSE_NOT_FOUND, NOT_OWNER, ITEM_UNKNOWN, ETAG_MISMATCH
    GradeSheet update(UUID courseId, String etag, UnaryOperator<GradebookSettings> next, List<Placing> placings) {
        return database.transact(() -> {
            guard.requireTeacher(courseId, CourseErrors::notFound);
            settings.lock(courseId);
            var before = gradebook.sheet(courseId);
            var wanted = next.apply(before.settings());
            var placed = placed(before, wanted, placings);
            if (wanted.saysTheSame(before.settings()) && placed.equals(placingsOf(before))) {
                audit.nothing();
                return before;
            }
            Etags.require(etag, before.settings().version());
            settings.save(GradebookMapper.toRow(wanted, Times.now(clock)));
            rows.setCategories(courseId, List.copyOf(placed.keySet()), List.copyOf(placed.values()));
            rows.markCourseDirty(courseId);
            var after = gradebook.sheet(courseId);
            audit.record("gradebook", courseId, GradebookMapper.toProto(before), GradebookMapper.toProto(after));
            return after;
        });
    }

    private static Map<UUID, String> placed(GradeSheet sheet, GradebookSettings wanted, List<Placing> placings) {
        var known = sheet.items().stream().map(GradedItem::id).collect(Collectors.toSet());
        var placed = new LinkedHashMap<UUID, String>();
        var broken = new ArrayList<com.google.rpc.BadRequest.FieldViolation>();
        for (int index = 0; index < placings.size(); index++) {
            var placing = placings.get(index);
            var field = "items[%d]".formatted(index);
            if (!known.contains(placing.itemId()) || placed.containsKey(placing.itemId())) {
                broken.add(Errors.violation(field + ".item_id", "the course has no such item, or it is named twice"));
            }
            if (!wanted.hasCategory(placing.categoryId())) {
                broken.add(Errors.violation(field + ".category_id", "category not found"));
            }
            placed.put(placing.itemId(), placing.categoryId());
        }
        if (!broken.isEmpty()) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_ITEM_UNKNOWN, broken.getFirst().getDescription(), broken, Map.of());
        }
        return placed;
    }

    private static Map<UUID, String> placingsOf(GradeSheet sheet) {
        var placings = new LinkedHashMap<UUID, String>();
        for (var item : sheet.items()) {
            if (item.categoryId() != null) {
                placings.put(item.id(), item.categoryId());
            }
        }
        return placings;
    }
}
