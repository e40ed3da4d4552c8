package org.aula.bff.enrollments;

import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.bff.engine.Wiring;

/// What is known of a learner in one lesson: attempts, steps, notes.
public final class ProgressFields implements Wiring.Part {

    private static final String ID = "enrollment_id";

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Enrollment", EnrollmentView.class)
                .call("lessonStanding", ProgressServiceGrpc.getGetLessonProgressMethod(), ID, EnrollmentView::id)
                .page("lessonNotes", ProgressServiceGrpc.getListLessonNotesMethod(), ID, EnrollmentView::id)
                .call("lessonSteps", ProgressServiceGrpc.getGetLessonStepsMethod(), ID, EnrollmentView::id);
    }
}
