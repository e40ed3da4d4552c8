package org.aula.bff.assignments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.assignments.v1.FileAssignment;
import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.assignments.v1.FileAssignmentVersion;
import org.aula.api.assignments.v1.GetFileAssignmentRequest;
import org.aula.api.assignments.v1.GetFileAssignmentResponse;
import org.aula.api.assignments.v1.GetFileAssignmentVersionRequest;
import org.aula.api.assignments.v1.GetFileAssignmentVersionResponse;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentRequest;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentResponse;
import org.aula.api.assignments.v1.LatePolicy;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.api.assignments.v1.Rubric;
import org.aula.api.assignments.v1.RubricCriterion;
import org.aula.api.assignments.v1.RubricLevel;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Work to hand in as files: as its authors see it, and as learners do. Both have the same UUID.
public final class FileAssignmentFields implements Wiring.Part {

    /// The types under whose ids a file assignment is known.
    public static final String[] FILE_ASSIGNMENT = {"FileAssignment", "LearnerFileAssignment", "GradeItem"};

    @Override
    public void addTo(Wiring wiring) {
        addAssignment(wiring);
        addSettings(wiring);
        addVersion(wiring);
        addLearnerAssignment(wiring);
        wiring.query(
                "fileAssignment",
                environment -> assignment(Wiring.id(environment, "id", FILE_ASSIGNMENT), environment));
        wiring.query(
                "learnerFileAssignment",
                environment -> learnerAssignment(Wiring.id(environment, "id", FILE_ASSIGNMENT), environment));
        wiring.node("FileAssignment", FileAssignmentFields::assignment);
        wiring.node("LearnerFileAssignment", FileAssignmentFields::learnerAssignment);
        FileAssignmentLists.addTo(wiring);
        FileAssignmentMutations.addTo(wiring);
    }

    private static void addAssignment(Wiring wiring) {
        wiring.type("FileAssignment", FileAssignment.class)
                .value("id", assignment -> GlobalId.of("FileAssignment", assignment.getId()))
                .fetch(
                        "course",
                        (assignment, environment) -> Loader.COURSES.load(environment, assignment.getCourseId()))
                .value("lessonId", assignment -> GlobalId.ofOrNull("Lesson", assignment.getLessonId()))
                .value("title", FileAssignment::getTitle)
                .value("description", FileAssignment::getDescription)
                .value("settings", FileAssignment::getSettings)
                .value("status", assignment -> Values.name(assignment.getStatus()))
                .value("publishedVersion", assignment -> Values.numberOrNull(assignment.getPublishedVersion()))
                .value("publishTime", assignment -> Values.time(assignment.getPublishTime()))
                .value("createTime", assignment -> Values.time(assignment.getCreateTime()))
                .value("updateTime", assignment -> Values.time(assignment.getUpdateTime()))
                .value("etag", FileAssignment::getEtag)
                .fetch("version", (assignment, environment) -> version(assignment.getId(), environment));
    }

    private static void addSettings(Wiring wiring) {
        wiring.type("FileAssignmentSettings", FileAssignmentSettings.class)
                .value("instructions", FileAssignmentSettings::getInstructions)
                .value("points", FileAssignmentSettings::getPoints)
                .value("passingPercentage", FileAssignmentSettings::getPassingPercentage)
                .value("openTime", settings -> Values.time(settings.getOpenTime()))
                .value("dueTime", settings -> Values.time(settings.getDueTime()))
                .value("latePolicy", settings -> settings.hasLatePolicy() ? settings.getLatePolicy() : null)
                .value("fileExtensions", FileAssignmentSettings::getFileExtensionsList)
                .value("maxFileBytes", FileAssignmentSettings::getMaxFileBytes)
                .value("maxFiles", FileAssignmentSettings::getMaxFiles)
                .value("maxSubmissions", settings -> Values.numberOrNull(settings.getMaxSubmissions()))
                .value("mandatory", FileAssignmentSettings::getMandatory)
                .value("rubric", settings -> settings.hasRubric() ? settings.getRubric() : null);
        wiring.type("LatePolicy", LatePolicy.class)
                .value("penaltyPercentPerDay", LatePolicy::getPenaltyPercentPerDay)
                .value("maxPenaltyPercent", LatePolicy::getMaxPenaltyPercent)
                .value("cutOff", policy -> Values.spanOrNull(policy.getCutOff()));
        wiring.type("Rubric", Rubric.class).value("criteria", Rubric::getCriteriaList);
        wiring.type("RubricCriterion", RubricCriterion.class)
                .value("id", RubricCriterion::getId)
                .value("title", RubricCriterion::getTitle)
                .value("description", RubricCriterion::getDescription)
                .value("levels", RubricCriterion::getLevelsList);
        wiring.type("RubricLevel", RubricLevel.class)
                .value("id", RubricLevel::getId)
                .value("title", RubricLevel::getTitle)
                .value("description", RubricLevel::getDescription)
                .value("points", RubricLevel::getPoints);
    }

    private static void addVersion(Wiring wiring) {
        wiring.type("FileAssignmentVersion", FileAssignmentVersion.class)
                .value("version", FileAssignmentVersion::getVersion)
                .value("lessonId", version -> GlobalId.ofOrNull("Lesson", version.getLessonId()))
                .value("title", FileAssignmentVersion::getTitle)
                .value("description", FileAssignmentVersion::getDescription)
                .value("settings", FileAssignmentVersion::getSettings)
                .value("publishTime", version -> Values.time(version.getPublishTime()))
                .fetch(
                        "publisher",
                        (version, environment) -> Loader.USER_SUMMARIES.load(environment, version.getPublisherId()));
    }

    private static void addLearnerAssignment(Wiring wiring) {
        wiring.type("LearnerFileAssignment", LearnerFileAssignment.class)
                .value("id", assignment -> GlobalId.of("LearnerFileAssignment", assignment.getId()))
                .value("version", LearnerFileAssignment::getVersion)
                .fetch(
                        "course",
                        (assignment, environment) -> Loader.COURSES.load(environment, assignment.getCourseId()))
                .value("lessonId", assignment -> GlobalId.ofOrNull("Lesson", assignment.getLessonId()))
                .value("title", LearnerFileAssignment::getTitle)
                .value("description", LearnerFileAssignment::getDescription)
                .value("settings", LearnerFileAssignment::getSettings);
    }

    private static CompletableFuture<?> assignment(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.fileAssignments()
                        .getFileAssignment(GetFileAssignmentRequest.newBuilder()
                                .setFileAssignmentId(id)
                                .build()))
                .thenApply(GetFileAssignmentResponse::getFileAssignment));
    }

    private static CompletableFuture<?> learnerAssignment(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.fileAssignments()
                        .getLearnerFileAssignment(GetLearnerFileAssignmentRequest.newBuilder()
                                .setFileAssignmentId(id)
                                .build()))
                .thenApply(GetLearnerFileAssignmentResponse::getFileAssignment));
    }

    private static CompletableFuture<?> version(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var number = Objects.requireNonNullElse(Wiring.<Integer>argument(environment, "number"), 0);
        return Wiring.orNull(request.answer(request.fileAssignments()
                        .getFileAssignmentVersion(GetFileAssignmentVersionRequest.newBuilder()
                                .setFileAssignmentId(id)
                                .setVersion(number)
                                .build()))
                .thenApply(GetFileAssignmentVersionResponse::getVersion));
    }
}
