package org.aula.bff.assignments;

import org.aula.api.assignments.v1.FileAssignment;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.FileAssignmentVersion;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.api.courses.v1.Course;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;

/// Work to hand in as files: as its authors see it, and as learners do. Both have the same UUID.
public final class FileAssignmentFields implements Wiring.Part {

    private static final String ID = "file_assignment_id";

    @Override
    public void addTo(Wiring wiring) {
        var assignment = FileAssignmentServiceGrpc.getGetFileAssignmentMethod();
        wiring.find("fileAssignment", assignment, ID);
        wiring.node("FileAssignment", assignment, ID);
        wiring.type("FileAssignment", FileAssignment.class)
                .load("course", Loader.COURSES, FileAssignment::getCourseId)
                .find(
                        "version",
                        FileAssignmentServiceGrpc.getGetFileAssignmentVersionMethod(),
                        ID,
                        FileAssignment::getId);
        wiring.type("FileAssignmentVersion", FileAssignmentVersion.class)
                .load("publisher", Loader.USER_SUMMARIES, FileAssignmentVersion::getPublisherId);
        var learnerAssignment = FileAssignmentServiceGrpc.getGetLearnerFileAssignmentMethod();
        wiring.own("learnerFileAssignment", learnerAssignment, ID);
        wiring.node(
                "LearnerFileAssignment",
                (id, environment) -> Wiring.orNone(Loader.LEARNER_FILE_ASSIGNMENTS.load(
                        environment, id.parts(1).getFirst())));
        wiring.type("LearnerFileAssignment", LearnerFileAssignment.class)
                .load("course", Loader.COURSES, LearnerFileAssignment::getCourseId);
        wiring.type("Course", Course.class)
                .page(
                        "fileAssignments",
                        FileAssignmentServiceGrpc.getListFileAssignmentsMethod(),
                        "course_id",
                        Course::getId)
                .ownPage(
                        "learnerFileAssignments",
                        FileAssignmentServiceGrpc.getListLearnerFileAssignmentsMethod(),
                        "course_id",
                        Course::getId);
    }
}
