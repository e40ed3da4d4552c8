package org.aula.grades.submission;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.CompleteSubmissionUploadRequest;
import org.aula.api.grades.v1.CreateSubmissionRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadResponse;
import org.aula.api.grades.v1.GetSubmissionRequest;
import org.aula.api.grades.v1.GradeSubmissionRequest;
import org.aula.api.grades.v1.Submission;
import org.aula.api.grades.v1.SubmitSubmissionRequest;
import org.aula.api.grades.v1.SubmittedFile;
import org.aula.api.grades.v1.UpdateSubmissionRequest;
import org.aula.grades.Classroom;
import org.aula.kernel.testing.TestUser;

/// A learner's calls on the way of a submission.
record Handover(Classroom room, TestUser learner) {

    Submission begin(String assignment) {
        return room.submissions(learner)
                .createSubmission(CreateSubmissionRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setFileAssignmentId(assignment)
                        .build())
                .getSubmission();
    }

    CreateSubmissionUploadRequest.Builder announcement(Submission submission, String fileName, ByteString bytes)
            throws Exception {
        return CreateSubmissionUploadRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setSubmissionId(submission.getId())
                .setFileName(fileName)
                .setMediaType("text/plain")
                .setSizeBytes(bytes.size())
                .setSha256(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray())));
    }

    CreateSubmissionUploadResponse announce(CreateSubmissionUploadRequest request) {
        return room.submissions(learner).createSubmissionUpload(request);
    }

    /// Announces, uploads and completes a file.
    ///
    /// @return the asset's id
    String upload(Submission submission, String fileName, String text) throws Exception {
        var bytes = ByteString.copyFromUtf8(text);
        var announced = announce(announcement(submission, fileName, bytes).build());
        put(announced, bytes);
        return complete(submission, announced.getAssetId()).getAssetId();
    }

    SubmittedFile complete(Submission submission, String assetId) {
        return room.submissions(learner)
                .completeSubmissionUpload(CompleteSubmissionUploadRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .setAssetId(assetId)
                        .build())
                .getFile();
    }

    /// Sends the bytes as browsers do.
    static void put(CreateSubmissionUploadResponse announced, ByteString bytes) throws Exception {
        var put = HttpRequest.newBuilder(URI.create(announced.getUploadUrl()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray()));
        announced.getHeadersMap().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-length") && !name.equalsIgnoreCase("host")) {
                put.header(name, value);
            }
        });
        var answer = send(put.build());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    Submission fill(Submission submission, String... assetIds) {
        return room.submissions(learner)
                .updateSubmission(UpdateSubmissionRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .setEtag(submission.getEtag())
                        .addAllAssetIds(List.of(assetIds))
                        .setComment("my work")
                        .build())
                .getSubmission();
    }

    Submission submit(Submission submission) {
        return room.submissions(learner)
                .submitSubmission(SubmitSubmissionRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .build())
                .getSubmission();
    }

    /// A submission with one file, handed in.
    Submission handIn(String assignment) throws Exception {
        var draft = begin(assignment);
        return submit(fill(draft, upload(draft, "work.txt", "what I did")));
    }

    static Submission get(Classroom room, TestUser reader, Submission submission) {
        return room.submissions(reader)
                .getSubmission(GetSubmissionRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .build())
                .getSubmission();
    }

    static Submission grade(Classroom room, TestUser grader, Submission submission, double points) {
        return room.submissions(grader)
                .gradeSubmission(GradeSubmissionRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .setPoints(points)
                        .setFeedback("well done")
                        .build())
                .getSubmission();
    }
}
