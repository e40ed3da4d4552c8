package org.aula.bff.grades;

import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.PendingResponse;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;

/// What waits for a person to grade it.
public final class GradingFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .page(
                        "pendingResponses",
                        GradingServiceGrpc.getListPendingResponsesMethod(),
                        "course_id",
                        Course::getId);
        wiring.type("PendingResponse", PendingResponse.class)
                .load("learner", Loader.USER_SUMMARIES, PendingResponse::getUserId)
                .load("claimedBy", Loader.USER_SUMMARIES, PendingResponse::getClaimedBy);
    }
}
