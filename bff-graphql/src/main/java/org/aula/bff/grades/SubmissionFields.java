package org.aula.bff.grades;

import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.Submission;
import org.aula.api.grades.v1.SubmissionServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;

/// Work that is handed in as files.
public final class SubmissionFields implements Wiring.Part {

    private static final String ID = "submission_id";

    @Override
    public void addTo(Wiring wiring) {
        wiring.find("submission", SubmissionServiceGrpc.getGetSubmissionMethod(), ID);
        wiring.node("Submission", SubmissionServiceGrpc.getGetSubmissionMethod(), ID);
        wiring.type("Submission", Submission.class)
                .fetch(
                        "fileAssignment",
                        (submission, environment) -> Wiring.orNone(
                                Loader.LEARNER_FILE_ASSIGNMENTS.load(environment, submission.getFileAssignmentId())))
                .load("course", Loader.COURSES, Submission::getCourseId)
                .load("learner", Loader.USER_SUMMARIES, Submission::getUserId)
                .call("downloads", SubmissionServiceGrpc.getGetSubmissionDownloadsMethod(), ID, Submission::getId);
        var mine = SubmissionServiceGrpc.getListMySubmissionsMethod();
        wiring.type("Viewer", Viewer.class).page("submissions", mine);
        wiring.type("LearnerFileAssignment", LearnerFileAssignment.class)
                .page("mySubmissions", mine, "file_assignment_id", LearnerFileAssignment::getId);
        wiring.type("Course", Course.class)
                .page("submissions", SubmissionServiceGrpc.getListSubmissionsMethod(), "course_id", Course::getId);
    }
}
