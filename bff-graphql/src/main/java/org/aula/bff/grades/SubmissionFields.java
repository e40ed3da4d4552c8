package org.aula.bff.grades;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.api.courses.v1.Course;
import org.aula.api.grades.v1.GetSubmissionDownloadsRequest;
import org.aula.api.grades.v1.GetSubmissionDownloadsResponse;
import org.aula.api.grades.v1.GetSubmissionRequest;
import org.aula.api.grades.v1.GetSubmissionResponse;
import org.aula.api.grades.v1.GivenLevel;
import org.aula.api.grades.v1.ListMySubmissionsRequest;
import org.aula.api.grades.v1.ListSubmissionsRequest;
import org.aula.api.grades.v1.Submission;
import org.aula.api.grades.v1.SubmissionDownload;
import org.aula.api.grades.v1.SubmissionStatus;
import org.aula.api.grades.v1.SubmittedFile;
import org.aula.bff.assignments.FileAssignmentFields;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.Viewer;

/// Work that is handed in as files.
public final class SubmissionFields implements Wiring.Part {

    /// The types under whose ids a submission is known: also as what a grade came from.
    static final String[] SUBMISSION = {"Submission", GradebookFields.SOURCE};

    @Override
    public void addTo(Wiring wiring) {
        addSubmission(wiring);
        addParts(wiring);
        addLists(wiring);
        wiring.query("submission", environment -> submission(Wiring.id(environment, "id", SUBMISSION), environment));
        wiring.node("Submission", SubmissionFields::submission);
        SubmissionMutations.addTo(wiring);
    }

    private static void addSubmission(Wiring wiring) {
        wiring.type("Submission", Submission.class)
                .value("id", submission -> GlobalId.of("Submission", submission.getId()))
                .fetch(
                        "fileAssignment",
                        (submission, environment) -> Wiring.orNull(
                                Loader.LEARNER_FILE_ASSIGNMENTS.load(environment, submission.getFileAssignmentId())))
                .value(
                        "fileAssignmentId",
                        submission -> GlobalId.of("LearnerFileAssignment", submission.getFileAssignmentId()))
                .value("assignmentVersion", Submission::getAssignmentVersion)
                .fetch(
                        "course",
                        (submission, environment) -> Loader.COURSES.load(environment, submission.getCourseId()))
                .value("lessonId", submission -> GlobalId.ofOrNull("Lesson", submission.getLessonId()))
                .fetch(
                        "learner",
                        (submission, environment) -> Loader.USER_SUMMARIES.load(environment, submission.getUserId()))
                .value("number", Submission::getNumber)
                .value("status", submission -> Values.name(submission.getStatus()))
                .value("files", Submission::getFilesList)
                .fetch("downloads", SubmissionFields::downloads)
                .value("comment", Submission::getComment)
                .value("latePenaltyPercent", Submission::getLatePenaltyPercent)
                .value("rawScore", Submission::getRawScore)
                .value("score", Submission::getScore)
                .value("maxScore", Submission::getMaxScore)
                .value("passed", Submission::getPassed)
                .value("levels", Submission::getLevelsList)
                .value("feedback", submission -> Values.text(submission.getFeedback()))
                .value("createTime", submission -> Values.time(submission.getCreateTime()))
                .value("submitTime", submission -> Values.time(submission.getSubmitTime()))
                .value("gradeTime", submission -> Values.time(submission.getGradeTime()))
                .value("etag", Submission::getEtag);
    }

    private static void addParts(Wiring wiring) {
        wiring.type("SubmittedFile", SubmittedFile.class)
                .value("assetId", file -> GlobalId.of("Asset", file.getAssetId()))
                .value("fileName", SubmittedFile::getFileName)
                .value("mediaType", SubmittedFile::getMediaType)
                .value("sizeBytes", SubmittedFile::getSizeBytes);
        wiring.type("SubmissionDownload", SubmissionDownload.class)
                .value("assetId", download -> GlobalId.of("Asset", download.getAssetId()))
                .value("url", SubmissionDownload::getUrl)
                .value("expireTime", download -> Values.time(download.getExpireTime()));
        wiring.type("GivenLevel", GivenLevel.class)
                .value("criterionId", GivenLevel::getCriterionId)
                .value("levelId", GivenLevel::getLevelId)
                .value("comment", GivenLevel::getComment);
    }

    private static void addLists(Wiring wiring) {
        wiring.type("Viewer", Viewer.class)
                .fetch(
                        "submissions",
                        (viewer, environment) -> mine(
                                Wiring.id(environment, "fileAssignmentId", FileAssignmentFields.FILE_ASSIGNMENT),
                                environment));
        wiring.type("LearnerFileAssignment", LearnerFileAssignment.class)
                .fetch("mySubmissions", (assignment, environment) -> mine(assignment.getId(), environment));
        wiring.type("Course", Course.class)
                .fetch("submissions", (course, environment) -> ofCourse(course.getId(), environment));
    }

    private static CompletableFuture<?> submission(String id, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return Wiring.orNull(request.answer(request.submissions()
                        .getSubmission(GetSubmissionRequest.newBuilder()
                                .setSubmissionId(id)
                                .build()))
                .thenApply(GetSubmissionResponse::getSubmission));
    }

    private static CompletableFuture<?> downloads(Submission submission, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.submissions()
                        .getSubmissionDownloads(GetSubmissionDownloadsRequest.newBuilder()
                                .setSubmissionId(submission.getId())
                                .build()))
                .thenApply(GetSubmissionDownloadsResponse::getDownloadsList);
    }

    private static CompletableFuture<Map<String, Object>> mine(
            String fileAssignmentId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListMySubmissionsRequest.newBuilder()
                .setFileAssignmentId(fileAssignmentId)
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.submissions().listMySubmissions(list))
                .thenApply(found -> page.connection(
                        found.getSubmissionsList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static CompletableFuture<Map<String, Object>> ofCourse(
            String courseId, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListSubmissionsRequest.newBuilder()
                .setCourseId(courseId)
                .setFileAssignmentId(Wiring.id(environment, "fileAssignmentId", FileAssignmentFields.FILE_ASSIGNMENT))
                .setStatus(Wiring.choice(environment, "status", SubmissionStatus.class))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.submissions().listSubmissions(list))
                .thenApply(found -> page.connection(
                        found.getSubmissionsList(), found.getItemTokensList(), found.getNextPageToken()));
    }
}
