package org.aula.enrollments.enrollment;

import io.micronaut.data.annotation.MappedEntity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// How many of a course's mandatory lessons a learner has completed.
@MappedEntity("lesson_progress")
record Completion(long completed, long mandatory) {

    /// 0 to 100 with two decimals, rounded down, so that 100 means all.
    BigDecimal percentage() {
        return mandatory == 0
                ? new BigDecimal("0.00")
                : BigDecimal.valueOf(completed * 100).divide(BigDecimal.valueOf(mandatory), 2, RoundingMode.DOWN);
    }

    boolean isWhole() {
        return mandatory > 0 && completed == mandatory;
    }
}
