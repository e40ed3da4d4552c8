package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import org.aula.bff.testing.Forms;
import org.aula.bff.testing.TestGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which field of a form a refusal of enrollments, assignments or grades is about.
@Tag("fast")
class LearningUserErrorsTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final Forms FORMS = new Forms(GATEWAY);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enroll(input: {courseId: "COURSE"}) | FAILED_PRECONDITION | COURSE_FULL | courseId
            enroll(input: {courseId: "COURSE"}) | FAILED_PRECONDITION | PREREQUISITE_MISSING | courseId
            grantEnrollment(input: {userId: "USER", courseId: "COURSE", source: GIFT}) | INVALID_ARGUMENT | EXPIRE_TIME_PAST | expireTime
            grantEnrollment(input: {userId: "USER", courseId: "COURSE", source: ADMIN}) | NOT_FOUND | USER_NOT_FOUND | userId
            pauseEnrollment(input: {enrollmentId: "ENROLLMENT"}) | FAILED_PRECONDITION | ENROLLMENT_NOT_ACTIVE | enrollmentId
            resumeEnrollment(input: {enrollmentId: "ENROLLMENT"}) | NOT_FOUND | ENROLLMENT_NOT_FOUND | enrollmentId
            dropEnrollment(input: {enrollmentId: "ENROLLMENT"}) | FAILED_PRECONDITION | ENROLLMENT_NOT_ACTIVE | enrollmentId
            joinWaitlist(input: {courseId: "COURSE"}) | FAILED_PRECONDITION | COURSE_NOT_FULL | courseId
            joinWaitlist(input: {courseId: "COURSE"}) | ALREADY_EXISTS | ALREADY_WAITING | courseId
            leaveWaitlist(input: {waitlistEntryId: "WAITLISTENTRY"}) | FAILED_PRECONDITION | WAITLIST_STATE_FORBIDS | waitlistEntryId
            acceptWaitlistOffer(input: {waitlistEntryId: "WAITLISTENTRY"}) | FAILED_PRECONDITION | COURSE_FULL | waitlistEntryId
            declineWaitlistOffer(input: {waitlistEntryId: "WAITLISTENTRY"}) | NOT_FOUND | WAITLIST_ENTRY_NOT_FOUND | waitlistEntryId
            createEnrollmentList(input: {courseId: "COURSE"}) | NOT_FOUND | COURSE_NOT_FOUND | courseId
            addEnrollmentListPart(input: {enrollmentListId: "ENROLLMENTLIST", number: 2, csv: "x"}) | INVALID_ARGUMENT | LIST_PART_MISMATCH | number
            runEnrollmentList(input: {enrollmentListId: "ENROLLMENTLIST"}) | INVALID_ARGUMENT | LIST_INVALID | enrollmentListId
            restartLesson(input: {enrollmentId: "ENROLLMENT", lessonId: "LESSON"}) | NOT_FOUND | LESSON_NOT_FOUND | lessonId
            completeLessonStep(input: {enrollmentId: "ENROLLMENT", lessonId: "LESSON", step: "s"}) | FAILED_PRECONDITION | STEP_LIMIT_REACHED | step
            createLessonNote(input: {enrollmentId: "ENROLLMENT", lessonId: "LESSON", text: "t"}) | FAILED_PRECONDITION | NOTE_LIMIT_REACHED | lessonId
            updateLessonNote(input: {enrollmentId: "ENROLLMENT", lessonId: "LESSON", noteId: "LESSONNOTE", text: "t"}) | NOT_FOUND | NOTE_NOT_FOUND | noteId
            deleteLessonNote(input: {enrollmentId: "ENROLLMENT", lessonId: "LESSON", noteId: "LESSONNOTE"}) | NOT_FOUND | ENROLLMENT_NOT_FOUND | enrollmentId
            revokeCertificate(input: {certificateId: "CERTIFICATE", reason: "r"}) | NOT_FOUND | CERTIFICATE_NOT_FOUND | certificateId
            setCertificateSettings(input: {courseId: "COURSE", issued: true}) | NOT_FOUND | COURSE_NOT_FOUND | courseId
            createQuiz(input: {courseId: "COURSE", title: "t", lessonId: "LESSON"}) | INVALID_ARGUMENT | LESSON_UNSUITABLE | lessonId
            updateQuiz(input: {quizId: "QUIZ", etag: "1"}) | ABORTED | ETAG_MISMATCH | etag
            publishQuiz(input: {quizId: "QUIZ"}) | FAILED_PRECONDITION | DRAWS_OVERLAP | quizId
            deleteQuiz(input: {quizId: "QUIZ"}) | FAILED_PRECONDITION | STATUS_FORBIDS | quizId
            withdrawQuiz(input: {quizId: "QUIZ"}) | FAILED_PRECONDITION | STATUS_FORBIDS | quizId
            reorderQuizItems(input: {quizId: "QUIZ", itemIds: ["QUESTION", "QUIZDRAW"]}) | INVALID_ARGUMENT | ORDER_INCOMPLETE | itemIds
            createDraw(input: {quizId: "QUIZ", bankId: "QUESTIONBANK", count: 1, pointsEach: 1}) | NOT_FOUND | BANK_NOT_FOUND | bankId
            updateDraw(input: {drawId: "QUIZDRAW", count: 2}) | NOT_FOUND | DRAW_NOT_FOUND | drawId
            deleteDraw(input: {drawId: "QUIZDRAW"}) | NOT_FOUND | DRAW_NOT_FOUND | drawId
            createQuestion(input: {quizId: "QUIZ", text: "t", points: 1, form: {}}) | INVALID_ARGUMENT | PATTERN_INVALID | form
            updateQuestion(input: {questionId: "QUESTION", points: 2}) | NOT_FOUND | QUESTION_NOT_FOUND | questionId
            deleteQuestion(input: {questionId: "QUESTION", etag: "1"}) | ABORTED | ETAG_MISMATCH | etag
            createQuestionBank(input: {courseId: "COURSE", title: "t"}) | FAILED_PRECONDITION | TOO_MANY | courseId
            updateQuestionBank(input: {bankId: "QUESTIONBANK", title: "t"}) | NOT_FOUND | BANK_NOT_FOUND | bankId
            deleteQuestionBank(input: {bankId: "QUESTIONBANK"}) | FAILED_PRECONDITION | BANK_IN_USE | bankId
            createFileAssignment(input: {courseId: "COURSE", title: "t"}) | NOT_FOUND | COURSE_NOT_FOUND | courseId
            updateFileAssignment(input: {fileAssignmentId: "FILEASSIGNMENT"}) | FAILED_PRECONDITION | TOO_LARGE | settings
            publishFileAssignment(input: {fileAssignmentId: "FILEASSIGNMENT"}) | FAILED_PRECONDITION | RUBRIC_POINTS_MISMATCH | fileAssignmentId
            withdrawFileAssignment(input: {fileAssignmentId: "FILEASSIGNMENT"}) | FAILED_PRECONDITION | STATUS_FORBIDS | fileAssignmentId
            deleteFileAssignment(input: {fileAssignmentId: "FILEASSIGNMENT"}) | NOT_FOUND | FILE_ASSIGNMENT_NOT_FOUND | fileAssignmentId
            startAttempt(input: {quizId: "LEARNERQUIZ"}) | FAILED_PRECONDITION | NONE_LEFT | quizId
            saveAnswers(input: {attemptId: "ATTEMPT", answers: []}) | FAILED_PRECONDITION | ATTEMPT_ENDED | attemptId
            submitAttempt(input: {attemptId: "ATTEMPT"}) | INVALID_ARGUMENT | ANSWER_UNSUITABLE | answers
            claimResponse(input: {responseId: "RESPONSE"}) | FAILED_PRECONDITION | CLAIMED_BY_ANOTHER | responseId
            releaseResponse(input: {responseId: "RESPONSE"}) | NOT_FOUND | RESPONSE_NOT_FOUND | responseId
            gradeResponse(input: {responseId: "RESPONSE", points: 2.5}) | INVALID_ARGUMENT | POINTS_OUT_OF_RANGE | points
            setAttemptFeedback(input: {attemptId: "ATTEMPT"}) | FAILED_PRECONDITION | STATUS_FORBIDS | attemptId
            regradeQuiz(input: {quizId: "QUIZ"}) | NOT_FOUND | QUIZ_NOT_FOUND | quizId
            updateGradebookSettings(input: {courseId: "COURSE", categories: []}) | INVALID_ARGUMENT | ITEM_UNKNOWN | items
            rebuildLeaderboard(input: {courseId: "COURSE"}) | NOT_FOUND | COURSE_NOT_FOUND | courseId
            createSubmission(input: {fileAssignmentId: "LEARNERFILEASSIGNMENT"}) | FAILED_PRECONDITION | NOT_OPEN | fileAssignmentId
            createSubmissionUpload(input: {submissionId: "SUBMISSION", fileName: "f", mediaType: "a/b", sizeBytes: 1, sha256: "0"}) | INVALID_ARGUMENT | FILE_UNSUITABLE | fileName
            completeSubmissionUpload(input: {submissionId: "SUBMISSION", assetId: "ASSET"}) | INVALID_ARGUMENT | FILE_UNSUITABLE | assetId
            createSubmissionUpload(input: {submissionId: "SUBMISSION", fileName: "f", mediaType: "a/b", sizeBytes: 1, sha256: "0"}) | FAILED_PRECONDITION | TOO_MANY | submissionId
            updateSubmission(input: {submissionId: "SUBMISSION", assetIds: ["ASSET"]}) | INVALID_ARGUMENT | FILE_UNSUITABLE | assetIds
            submitSubmission(input: {submissionId: "SUBMISSION"}) | FAILED_PRECONDITION | STATUS_FORBIDS | submissionId
            gradeSubmission(input: {submissionId: "SUBMISSION", points: 3}) | INVALID_ARGUMENT | RUBRIC_MISMATCH | levels
            returnSubmission(input: {submissionId: "SUBMISSION", feedback: "f"}) | NOT_FOUND | SUBMISSION_NOT_FOUND | submissionId
            cancelOperation(input: {operationId: "OPERATION OF enrollments"}) | NOT_FOUND | OPERATION_NOT_FOUND | operationId
            cancelOperation(input: {operationId: "OPERATION OF grades"}) | NOT_FOUND | OPERATION_NOT_FOUND | operationId
            """)
    void aReasonThatTheUserCanFixNamesItsField(String mutation, Code code, String reason, @Nullable String field) {
        FORMS.assertUserError(mutation, code, reason, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            startAttempt(input: {quizId: "QUIZ"}) | PERMISSION_DENIED | ENROLLMENT_REQUIRED
            regradeQuiz(input: {quizId: "QUIZ"}) | PERMISSION_DENIED | NOT_OWNER
            revokeCertificate(input: {certificateId: "CERTIFICATE", reason: "r"}) | PERMISSION_DENIED | NOT_OWNER
            grantEnrollment(input: {userId: "USER", courseId: "COURSE", source: GIFT}) | PERMISSION_DENIED | PERMISSION_MISSING
            createLessonNote(input: {enrollmentId: "ENROLLMENT", lessonId: "LESSON", text: "t"}) | UNAVAILABLE | STORE_UNAVAILABLE
            """)
    void whatTheUserCannotFixInTheFormIsAnError(String mutation, Code code, String reason) {
        FORMS.assertError(mutation, code, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            updateQuiz(input: {quizId: "QUIZ"}) | settings.passing_percentage | input.settings.passingPercentage
            updateQuiz(input: {quizId: "QUIZ"}) | update_mask | input
            createQuestion(input: {quizId: "QUIZ", text: "t", points: 1, form: {}}) | form.short_answer.accepted[3].number.value | input.form.shortAnswer.accepted.3.number.value
            createQuestion(input: {quizId: "QUIZ", text: "t", points: 1, form: {}}) | form.form | input.form
            createQuestion(input: {text: "t", points: 1, form: {}}) | parent | input
            updateFileAssignment(input: {fileAssignmentId: "FILEASSIGNMENT"}) | settings.rubric.criteria[1].levels[2].points | input.settings.rubric.criteria.1.levels.2.points
            updateFileAssignment(input: {fileAssignmentId: "FILEASSIGNMENT"}) | settings.late_policy.cut_off | input.settings.latePolicy.cutOff
            submitAttempt(input: {attemptId: "ATTEMPT"}) | answers[4].choice.option_ids[1] | input.answers.4.choice.optionKeys.1
            updateGradebookSettings(input: {courseId: "COURSE", categories: []}) | categories[0].weight | input.categories.0.weight
            gradeSubmission(input: {submissionId: "SUBMISSION"}) | levels[0].level_id | input.levels.0.levelKey
            grantEnrollment(input: {userId: "USER", courseId: "COURSE", source: FREE}) | source | input.source
            """)
    void aBrokenFieldIsNamedByItsInputPath(String mutation, String contractPath, String path) {
        FORMS.assertBroken(mutation, contractPath, path);
    }

    @Test
    void ofAChoiceOnlyOneMayBeGiven() {
        var answer =
                FORMS.send("createQuestion(input: {quizId: \"QUIZ\", bankId: \"QUESTIONBANK\", text: \"t\", points: 1, "
                        + "form: {trueFalse: {correct: true}, essay: {}}})");

        assertThat(answer.at("/data/payload/userErrors").findValuesAsText("message"))
                .as(answer.toString())
                .containsExactlyInAnyOrder(
                        "only one of quizId, bankId may be given", "only one of trueFalse, essay may be given");
        assertThat(GATEWAY.requests()).isEmpty();
    }
}
