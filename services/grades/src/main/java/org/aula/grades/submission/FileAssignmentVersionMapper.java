package org.aula.grades.submission;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.assignments.v1.RubricLevel;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Published versions of file assignments as `assignments` keeps them, and as this service uses them.
final class FileAssignmentVersionMapper {

    private static final int POINTS = 100;
    private static final long FILE_BYTES = 10L << 20;
    private static final BigDecimal WHOLE = new BigDecimal("100.00");

    private FileAssignmentVersionMapper() {}

    static FileAssignmentVersion fromBytes(byte[] document) {
        org.aula.api.assignments.v1.FileAssignmentVersion version;
        try {
            version = org.aula.api.assignments.v1.FileAssignmentVersion.parseFrom(document);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a published version does not parse", broken);
        }
        var settings = version.getSettings();
        return new FileAssignmentVersion(
                UUID.fromString(version.getFileAssignmentId()),
                version.getVersion(),
                UUID.fromString(version.getCourseId()),
                version.getLessonId().isEmpty() ? null : UUID.fromString(version.getLessonId()),
                version.getTitle(),
                settings.getPoints() == 0 ? POINTS : settings.getPoints(),
                decimal(settings.getPassingPercentage()),
                settings.hasOpenTime() ? Times.instant(settings.getOpenTime()) : null,
                settings.hasDueTime() ? Times.instant(settings.getDueTime()) : null,
                latePolicy(settings),
                Set.copyOf(settings.getFileExtensionsList()),
                settings.getMaxFileBytes() == 0 ? FILE_BYTES : settings.getMaxFileBytes(),
                Math.max(1, settings.getMaxFiles()),
                settings.getMaxSubmissions(),
                rubric(settings));
    }

    private static FileAssignmentVersion.@Nullable LatePolicy latePolicy(FileAssignmentSettings settings) {
        if (!settings.hasLatePolicy()) {
            return null;
        }
        var policy = settings.getLatePolicy();
        return new FileAssignmentVersion.LatePolicy(
                decimal(policy.getPenaltyPercentPerDay()),
                policy.getMaxPenaltyPercent() == 0 ? WHOLE : decimal(policy.getMaxPenaltyPercent()),
                policy.hasCutOff() ? Times.duration(policy.getCutOff()) : null);
    }

    private static Map<String, Map<String, Integer>> rubric(FileAssignmentSettings settings) {
        return settings.getRubric().getCriteriaList().stream()
                .collect(Collectors.toUnmodifiableMap(
                        criterion -> criterion.getId(),
                        criterion -> criterion.getLevelsList().stream()
                                .collect(Collectors.toUnmodifiableMap(RubricLevel::getId, RubricLevel::getPoints))));
    }

    private static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
    }
}
