package org.aula.bff.engine;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes `userErrors` of what the user can mend.
final class UserErrors {

    /// Which field of a request a reason is about; the first that the request has.
    private static final Map<String, List<String>> FIELDS_OF_REASONS = Map.ofEntries(
            Map.entry("EMAIL_TAKEN", List.of("email", "new_email", "user_id")),
            Map.entry("USERNAME_TAKEN", List.of("username", "user_id")),
            // Where there are two passwords, the one until now was checked.
            Map.entry("CREDENTIALS_INVALID", List.of("current_password", "password")),
            Map.entry("CODE_INVALID", List.of("code")),
            Map.entry("LINK_INVALID", List.of("token")),
            Map.entry("ACCOUNT_NOT_FOUND", List.of("user_id")),
            Map.entry("ACCOUNT_STATUS_FORBIDS", List.of("user_id")),
            Map.entry("LAST_ADMIN", List.of("user_id")),
            Map.entry("USER_NOT_FOUND", List.of("user_id")),
            Map.entry("SESSION_NOT_FOUND", List.of("session_id")),
            Map.entry("SECOND_FACTOR_NOT_BEGUN", List.of("code")),
            Map.entry("ROLE_NOT_FOUND", List.of("role")),
            Map.entry("ROLE_EXISTS", List.of("role")),
            Map.entry("ROLE_IN_USE", List.of("role")),
            Map.entry("PERMISSION_NOT_FOUND", List.of("permission", "permissions")),
            Map.entry("PERMISSION_EXISTS", List.of("permission")),
            Map.entry("BUILT_IN", List.of("role", "permission")),
            Map.entry("DELIVERY_NOT_FOUND", List.of("delivery_id")),
            Map.entry("DELIVERY_STATE_FORBIDS", List.of("delivery_id")),
            Map.entry("CATEGORY_NAME_TAKEN", List.of("name")),
            Map.entry("CATEGORY_NOT_FOUND", List.of("category_id", "parent_id", "course.category_id")),
            Map.entry("CATEGORY_CYCLE", List.of("parent_id")),
            Map.entry("CATEGORY_TOO_DEEP", List.of("parent_id")),
            Map.entry("CATEGORY_IN_USE", List.of("category_id")),
            Map.entry("TAG_NOT_FOUND", List.of("tag_id", "tag_ids")),
            Map.entry("TAG_NAME_TAKEN", List.of("name")),
            Map.entry("ORDER_INCOMPLETE", List.of("section_ids", "category_ids", "sections", "item_ids")),
            Map.entry("PREREQUISITE_CYCLE", List.of("prerequisite_course_ids", "prerequisite_lesson_ids")),
            Map.entry("TOO_MANY", List.of("course_id", "section_id", "quiz_id", "bank_id")),
            Map.entry("REVIEW_NOT_FOUND", List.of("review_id")),
            Map.entry("REVIEW_EXISTS", List.of("course_id")),
            Map.entry("REVIEW_OWN", List.of("review_id")),
            Map.entry("COURSE_IN_USE", List.of("course_id")),
            Map.entry("COURSE_NOT_FOUND", List.of("course_id")),
            Map.entry("COURSE_STATUS_FORBIDS", List.of("course_id")),
            Map.entry("COURSE_EMPTY", List.of("course_id")),
            Map.entry("ALREADY_ENROLLED", List.of("course_id", "waitlist_entry_id")),
            Map.entry("PAYMENT_REQUIRED", List.of("course_id", "waitlist_entry_id")),
            Map.entry("SECTION_NOT_FOUND", List.of("section_id")),
            Map.entry("LESSON_NOT_FOUND", List.of("lesson_id")),
            Map.entry("REVISION_NOT_FOUND", List.of("revision")),
            Map.entry("CONTENT_TOO_LARGE", List.of("pages")),
            Map.entry("ENROLLMENT_NOT_FOUND", List.of("enrollment_id")),
            Map.entry("LESSON_NOT_PASSED", List.of("lesson_id")),
            Map.entry("ENROLLMENT_NOT_ACTIVE", List.of("enrollment_id")),
            Map.entry("PREREQUISITE_MISSING", List.of("course_id", "waitlist_entry_id")),
            Map.entry("COURSE_FULL", List.of("course_id", "waitlist_entry_id")),
            Map.entry("COURSE_NOT_FULL", List.of("course_id")),
            Map.entry("ALREADY_WAITING", List.of("course_id")),
            Map.entry("EXPIRE_TIME_PAST", List.of("expire_time")),
            Map.entry("WAITLIST_ENTRY_NOT_FOUND", List.of("waitlist_entry_id")),
            Map.entry("WAITLIST_STATE_FORBIDS", List.of("waitlist_entry_id")),
            Map.entry("ENROLLMENT_LIST_NOT_FOUND", List.of("enrollment_list_id")),
            Map.entry("ENROLLMENT_LIST_CLOSED", List.of("enrollment_list_id")),
            Map.entry("LIST_INVALID", List.of("enrollment_list_id")),
            Map.entry("LIST_PART_MISMATCH", List.of("number")),
            Map.entry("NOTE_LIMIT_REACHED", List.of("lesson_id")),
            Map.entry("NOTE_NOT_FOUND", List.of("note_id")),
            Map.entry("STEP_LIMIT_REACHED", List.of("step")),
            Map.entry("CERTIFICATE_NOT_FOUND", List.of("certificate_id")),
            Map.entry("QUIZ_NOT_FOUND", List.of("quiz_id")),
            Map.entry("QUIZ_EMPTY", List.of("quiz_id")),
            Map.entry("DRAW_TOO_SMALL", List.of("quiz_id")),
            Map.entry("DRAWS_OVERLAP", List.of("quiz_id")),
            Map.entry("QUESTION_NOT_FOUND", List.of("question_id")),
            Map.entry("BANK_NOT_FOUND", List.of("bank_id")),
            Map.entry("BANK_IN_USE", List.of("bank_id")),
            Map.entry("DRAW_NOT_FOUND", List.of("draw_id")),
            Map.entry("FILE_ASSIGNMENT_NOT_FOUND", List.of("file_assignment_id")),
            Map.entry("LESSON_UNSUITABLE", List.of("lesson_id")),
            Map.entry("PATTERN_INVALID", List.of("form")),
            Map.entry("RUBRIC_POINTS_MISMATCH", List.of("file_assignment_id")),
            Map.entry("TOO_LARGE", List.of("form", "settings.rubric", "quiz_id")),
            Map.entry(
                    "STATUS_FORBIDS",
                    List.of("quiz_id", "file_assignment_id", "submission_id", "response_id", "attempt_id")),
            Map.entry("ATTEMPT_NOT_FOUND", List.of("attempt_id")),
            Map.entry("ATTEMPT_ENDED", List.of("attempt_id")),
            Map.entry("ANSWER_UNSUITABLE", List.of("answers")),
            Map.entry("NOT_OPEN", List.of("quiz_id", "file_assignment_id", "submission_id")),
            Map.entry("NONE_LEFT", List.of("quiz_id", "file_assignment_id")),
            Map.entry("RESPONSE_NOT_FOUND", List.of("response_id")),
            Map.entry("CLAIMED_BY_ANOTHER", List.of("response_id")),
            Map.entry("POINTS_OUT_OF_RANGE", List.of("points")),
            Map.entry("SUBMISSION_NOT_FOUND", List.of("submission_id")),
            Map.entry("FILE_UNSUITABLE", List.of("asset_ids", "file_name", "submission_id")),
            Map.entry("RUBRIC_MISMATCH", List.of("levels")),
            Map.entry("ITEM_UNKNOWN", List.of("items")),
            Map.entry("ASSET_NOT_FOUND", List.of("asset_id")),
            Map.entry("ASSET_NOT_READY", List.of("asset_id")),
            Map.entry("UPLOAD_MISSING", List.of("asset_id")),
            Map.entry("UPLOAD_MISMATCH", List.of("asset_id")),
            Map.entry("MEDIA_TYPE_MISMATCH", List.of("asset_id")),
            Map.entry("QUOTA_EXCEEDED", List.of("size_bytes", "asset_id")),
            Map.entry("OPERATION_NOT_FOUND", List.of("operation_id")),
            Map.entry("ETAG_MISMATCH", List.of("etag")),
            Map.entry("IDEMPOTENCY_KEY_REUSED", List.of("request_id")),
            Map.entry("REQUEST_IN_PROGRESS", List.of("request_id")));

    private UserErrors() {}

    /// What a service refused, one error for every broken field, else one in all.
    static List<Map<String, Object>> of(Failure failure, Descriptor request) {
        if (!failure.violations().isEmpty()) {
            return failure.violations().stream()
                    .map(violation -> of(
                            InputPaths.of(request, violation.getField()),
                            failure.reason(),
                            violation.getDescription().isEmpty() ? failure.message() : violation.getDescription()))
                    .toList();
        }
        var field = FIELDS_OF_REASONS.getOrDefault(failure.reason(), List.of()).stream()
                .filter(path -> InputPaths.exists(request, path))
                .findFirst()
                .map(path -> InputPaths.of(request, path))
                .orElse(null);
        return List.of(of(field, failure.reason(), failure.message()));
    }

    static Map<String, Object> of(@Nullable List<String> field, String code, String message) {
        var error = new LinkedHashMap<String, Object>();
        error.put("field", field);
        error.put("message", message);
        error.put("code", code);
        return error;
    }
}
