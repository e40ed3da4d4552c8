package org.aula.assignments.file;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How work is handed in and graded.
///
/// @param instructions safe HTML
/// @param passingPercentage two decimals
/// @param openAt null for at once
/// @param dueAt null for always in time; after openAt
/// @param latePolicy null when nothing is taken after dueAt
/// @param fileExtensions none for all
/// @param maxSubmissions 0 for any number
/// @param rubric the contract's Rubric as JSON, checked; null for none
public record FileAssignmentSettings(
        String instructions,
        int points,
        BigDecimal passingPercentage,
        @Nullable Instant openAt,
        @Nullable Instant dueAt,
        @Nullable LatePolicy latePolicy,
        List<String> fileExtensions,
        long maxFileBytes,
        int maxFiles,
        int maxSubmissions,
        boolean mandatory,
        @Nullable String rubric) {

    static final int USUAL_POINTS = 100;
    static final long USUAL_FILE_BYTES = 10L * 1024 * 1024;
    static final int USUAL_FILES = 1;

    private static final BigDecimal USUAL_PASS = new BigDecimal("70.00");

    /// Of an assignment that was just made.
    static final FileAssignmentSettings USUAL = new FileAssignmentSettings(
            "", USUAL_POINTS, USUAL_PASS, null, null, null, List.of(), USUAL_FILE_BYTES, USUAL_FILES, 0, false, null);

    public FileAssignmentSettings {
        fileExtensions = List.copyOf(fileExtensions);
    }
}
