package org.aula.grades.gradebook;

import java.util.UUID;
import org.aula.api.grades.v1.LearnerPointsChanged;

/// Events that tell of grades.
final class GradebookEvents {

    private GradebookEvents() {}

    static LearnerPointsChanged pointsChanged(UUID courseId, UUID userId) {
        return LearnerPointsChanged.newBuilder()
                .setUserId(userId.toString())
                .setCourseId(courseId.toString())
                .build();
    }
}
