package org.aula.assignments.file;

import java.util.HashSet;
import java.util.Map;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.Rubric;
import org.aula.api.assignments.v1.RubricLevel;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.course.SettingsMapper;
import org.aula.kernel.error.Errors;
import org.aula.kernel.proto.StoredJson;

/// Rubrics to and from the JSON that is kept.
final class RubricMapper {

    /// So that a page of assignments stays below what a message may have.
    private static final int MAX_BYTES = 64 * 1024;

    private RubricMapper() {}

    /// The JSON of a rubric whose names are each there once.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED,
    ///     FAILED_PRECONDITION with TOO_LARGE
    static String toJson(Rubric rubric) {
        var criteria = new HashSet<String>();
        for (int index = 0; index < rubric.getCriteriaCount(); index++) {
            var criterion = rubric.getCriteria(index);
            var field = "settings.rubric.criteria[" + index + "]";
            requireNew(criteria.add(criterion.getId()), field + ".id");
            var levels = new HashSet<String>();
            for (int level = 0; level < criterion.getLevelsCount(); level++) {
                requireNew(levels.add(criterion.getLevels(level).getId()), field + ".levels[" + level + "].id");
            }
        }
        if (rubric.getSerializedSize() > MAX_BYTES) {
            throw Refusals.tooLarge("a rubric has 64 KiB at most", rubric.getSerializedSize(), MAX_BYTES);
        }
        return StoredJson.write(rubric);
    }

    static Rubric fromJson(String json) {
        return StoredJson.read(json, Rubric.newBuilder()).build();
    }

    /// Refuses a rubric whose best levels together give other than the points.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with RUBRIC_POINTS_MISMATCH
    static void requirePoints(FileAssignmentSettings settings) {
        var rubric = settings.rubric();
        if (rubric == null) {
            return;
        }
        var best = fromJson(rubric).getCriteriaList().stream()
                .mapToInt(criterion -> criterion.getLevelsList().stream()
                        .mapToInt(RubricLevel::getPoints)
                        .max()
                        .orElse(0))
                .sum();
        if (best != settings.points()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_RUBRIC_POINTS_MISMATCH,
                    "the best levels of the rubric must add up to the points",
                    Map.of("rubric", Integer.toString(best), "points", Integer.toString(settings.points())));
        }
    }

    private static void requireNew(boolean isNew, String field) {
        if (!isNew) {
            throw SettingsMapper.invalid(field, "must be there once");
        }
    }
}
