package org.aula.bff.grades;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aula.api.grades.v1.CreateSubmissionRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadResponse;
import org.aula.api.grades.v1.GivenLevel;
import org.aula.api.grades.v1.GradeSubmissionRequest;
import org.aula.api.grades.v1.ReturnSubmissionRequest;
import org.aula.api.grades.v1.SubmitSubmissionRequest;
import org.aula.api.grades.v1.UpdateSubmissionRequest;
import org.aula.bff.assignments.FileAssignmentFields;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Handing work in, and grading it.
final class SubmissionMutations {

    private SubmissionMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createSubmission",
                CreateSubmissionRequest.getDefaultInstance(),
                input -> CreateSubmissionRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setFileAssignmentId(input.id("fileAssignmentId", FileAssignmentFields.FILE_ASSIGNMENT))
                        .build(),
                (request, message) -> request.submissions().createSubmission(message),
                answer -> Map.of("submission", answer.getSubmission())));
        wiring.mutation(new Mutation<>(
                "createSubmissionUpload",
                CreateSubmissionUploadRequest.getDefaultInstance(),
                input -> CreateSubmissionUploadRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setSubmissionId(input.id("submissionId", SubmissionFields.SUBMISSION))
                        .setFileName(input.text("fileName"))
                        .setMediaType(input.text("mediaType"))
                        .setSizeBytes(input.longNumber("sizeBytes"))
                        .setSha256(input.text("sha256"))
                        .build(),
                (request, message) -> request.submissions().createSubmissionUpload(message),
                answer -> announced(answer)));
        wiring.mutation(new Mutation<>(
                "updateSubmission",
                UpdateSubmissionRequest.getDefaultInstance(),
                input -> UpdateSubmissionRequest.newBuilder()
                        .setSubmissionId(input.id("submissionId", SubmissionFields.SUBMISSION))
                        .setEtag(input.text("etag"))
                        .addAllAssetIds(input.ids("assetIds", "Asset"))
                        .setComment(input.text("comment"))
                        .build(),
                (request, message) -> request.submissions().updateSubmission(message),
                answer -> Map.of("submission", answer.getSubmission())));
        wiring.mutation(new Mutation<>(
                "submitSubmission",
                SubmitSubmissionRequest.getDefaultInstance(),
                input -> SubmitSubmissionRequest.newBuilder()
                        .setSubmissionId(input.id("submissionId", SubmissionFields.SUBMISSION))
                        .build(),
                (request, message) -> request.submissions().submitSubmission(message),
                answer -> Map.of("submission", answer.getSubmission())));
        addGrading(wiring);
    }

    private static void addGrading(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "gradeSubmission",
                GradeSubmissionRequest.getDefaultInstance(),
                input -> GradeSubmissionRequest.newBuilder()
                        .setSubmissionId(input.id("submissionId", SubmissionFields.SUBMISSION))
                        .setEtag(input.text("etag"))
                        .setPoints(input.fraction("points"))
                        .addAllLevels(input.children("levels").stream()
                                .map(SubmissionMutations::level)
                                .toList())
                        .setFeedback(input.text("feedback"))
                        .build(),
                (request, message) -> request.submissions().gradeSubmission(message),
                answer -> Map.of("submission", answer.getSubmission())));
        wiring.mutation(new Mutation<>(
                "returnSubmission",
                ReturnSubmissionRequest.getDefaultInstance(),
                input -> ReturnSubmissionRequest.newBuilder()
                        .setSubmissionId(input.id("submissionId", SubmissionFields.SUBMISSION))
                        .setEtag(input.text("etag"))
                        .setFeedback(input.text("feedback"))
                        .build(),
                (request, message) -> request.submissions().returnSubmission(message),
                answer -> Map.of("submission", answer.getSubmission())));
    }

    private static GivenLevel level(Input input) {
        return GivenLevel.newBuilder()
                .setCriterionId(input.text("criterionId"))
                .setLevelId(input.text("levelId"))
                .setComment(input.text("comment"))
                .build();
    }

    private static Map<String, Object> announced(CreateSubmissionUploadResponse answer) {
        List<Map<String, String>> headers = answer.getHeadersMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(header -> Map.of("name", header.getKey(), "value", header.getValue()))
                .toList();
        var payload = new HashMap<String, Object>();
        payload.put("assetId", GlobalId.of("Asset", answer.getAssetId()));
        payload.put("uploadUrl", answer.getUploadUrl());
        payload.put("headers", headers);
        var expireTime = Values.time(answer.getExpireTime());
        if (expireTime != null) {
            payload.put("expireTime", expireTime);
        }
        return payload;
    }
}
