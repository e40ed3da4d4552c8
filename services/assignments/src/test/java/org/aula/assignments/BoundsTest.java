package org.aula.assignments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCalls;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every bound of this service's requests, each with the field that is named. In the requests `$ID` is an
/// id of its own, `$SAME` always the same one, `$A<n>` a text of that many letters, `$IDS<n>` that many
/// ids.
class BoundsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("assignments");

    private static final Pattern TEXT = Pattern.compile("\\$A(\\d+)");
    private static final Pattern IDS = Pattern.compile("\\$IDS(\\d+)");
    private static final Pattern ID = Pattern.compile("\\$ID");

    private final TestUser administrator = platform.user("courses:write", "courses:read");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 20_000, textBlock = """
            CreateQuiz | {"request_id": "x", "course_id": "$ID", "title": "t"} | request_id
            CreateQuiz | {"request_id": "$ID", "course_id": "x", "title": "t"} | course_id
            CreateQuiz | {"request_id": "$ID", "course_id": "$ID", "lesson_id": "x", "title": "t"} | lesson_id
            CreateQuiz | {"request_id": "$ID", "course_id": "$ID", "title": ""} | title
            CreateQuiz | {"request_id": "$ID", "course_id": "$ID", "title": "$A256"} | title
            CreateQuiz | {"request_id": "$ID", "course_id": "$ID", "title": "t", "description": "$A2001"} | description
            GetQuiz | {"quiz_id": "x"} | quiz_id
            GetLearnerQuiz | {"quiz_id": "x"} | quiz_id
            GetQuizVersion | {"quiz_id": "x"} | quiz_id
            DeleteQuiz | {"quiz_id": "x"} | quiz_id
            PublishQuiz | {"quiz_id": "x"} | quiz_id
            WithdrawQuiz | {"quiz_id": "x"} | quiz_id
            DeleteQuiz | {"quiz_id": "$ID", "etag": "$A41"} | etag
            PublishQuiz | {"quiz_id": "$ID", "etag": "$A41"} | etag
            WithdrawQuiz | {"quiz_id": "$ID", "etag": "$A41"} | etag
            GetQuizVersion | {"quiz_id": "$ID", "version": -1} | version
            ListQuizzes | {"course_id": "x"} | course_id
            ListQuizzes | {"course_id": "$ID", "page_size": -1} | page_size
            ListQuizzes | {"course_id": "$ID", "page_token": "$A1001"} | page_token
            ListLearnerQuizzes | {"course_id": "x"} | course_id
            ListLearnerQuizzes | {"course_id": "$ID", "page_size": -1} | page_size
            ListLearnerQuizzes | {"course_id": "$ID", "page_token": "$A1001"} | page_token
            ListQuestionBanks | {"course_id": "x"} | course_id
            ListQuestionBanks | {"course_id": "$ID", "page_size": -1} | page_size
            ListQuestionBanks | {"course_id": "$ID", "page_token": "$A1001"} | page_token
            ListFileAssignments | {"course_id": "x"} | course_id
            ListFileAssignments | {"course_id": "$ID", "page_size": -1} | page_size
            ListFileAssignments | {"course_id": "$ID", "page_token": "$A1001"} | page_token
            ListLearnerFileAssignments | {"course_id": "x"} | course_id
            ListLearnerFileAssignments | {"course_id": "$ID", "page_size": -1} | page_size
            ListLearnerFileAssignments | {"course_id": "$ID", "page_token": "$A1001"} | page_token
            ListLearnerQuizzes | {"course_id": "$ID", "lesson_id": "x"} | lesson_id
            ListLearnerFileAssignments | {"course_id": "$ID", "lesson_id": "x"} | lesson_id
            UpdateQuiz | {"quiz_id": "x", "update_mask": "title"} | quiz_id
            UpdateQuiz | {"quiz_id": "$ID"} | update_mask
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "status"} | update_mask
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "settings"} | update_mask
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "etag": "$A41"} | etag
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "title": "$A256"} | title
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "description": "$A2001"} | description
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "lesson_id": "x"} | lesson_id
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"instructions": "$A5001"}} | settings.instructions
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"passing_percentage": -0.5}} | settings.passing_percentage
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"passing_percentage": 100.5}} | settings.passing_percentage
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"passing_percentage": "NaN"}} | settings.passing_percentage
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"time_limit": "59s"}} | settings.time_limit
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"time_limit": "604801s"}} | settings.time_limit
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"max_attempts": -1}} | settings.max_attempts
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"max_attempts": 101}} | settings.max_attempts
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"open_time": "1969-12-31T23:59:59Z"}} | settings.open_time
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"close_time": "1969-12-31T23:59:59Z"}} | settings.close_time
            UpdateQuiz | {"quiz_id": "$ID", "update_mask": "title", "settings": {"show_answers": 99}} | settings.show_answers
            ReorderQuizItems | {"quiz_id": "x", "item_ids": ["$ID"]} | quiz_id
            ReorderQuizItems | {"quiz_id": "$ID"} | item_ids
            ReorderQuizItems | {"quiz_id": "$ID", "item_ids": ["x"]} | item_ids[0]
            ReorderQuizItems | {"quiz_id": "$ID", "item_ids": [$IDS221]} | item_ids
            ReorderQuizItems | {"quiz_id": "$ID", "item_ids": ["$SAME", "$SAME"]} | item_ids
            ReorderQuizItems | {"quiz_id": "$ID", "item_ids": ["$ID"], "etag": "$A41"} | etag
            CreateQuestion | {"request_id": "x", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}} | request_id
            CreateQuestion | {"request_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}} | parent
            CreateQuestion | {"request_id": "$ID", "quiz_id": "x", "text": "t", "points": 1, "form": {"true_false": {}}} | quiz_id
            CreateQuestion | {"request_id": "$ID", "bank_id": "x", "text": "t", "points": 1, "form": {"true_false": {}}} | bank_id
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "", "points": 1, "form": {"true_false": {}}} | text
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "$A10001", "points": 1, "form": {"true_false": {}}} | text
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 0, "form": {"true_false": {}}} | points
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1001, "form": {"true_false": {}}} | points
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1} | form
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {}} | form.form
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}, "explanation": "$A10001"} | explanation
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}, "tags": ["Big"]} | tags[0]
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}, "tags": ["$A41"]} | tags[0]
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}, "tags": ["a", "a"]} | tags
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}, "tags": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]} | tags
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"true_false": {}}, "difficulty": 99} | difficulty
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "a", "text": "A"}], "correct_option_id": "a"}}} | form.single_choice.options
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "o0", "text": "A"}, {"id": "o1", "text": "A"}, {"id": "o2", "text": "A"}, {"id": "o3", "text": "A"}, {"id": "o4", "text": "A"}, {"id": "o5", "text": "A"}, {"id": "o6", "text": "A"}, {"id": "o7", "text": "A"}, {"id": "o8", "text": "A"}, {"id": "o9", "text": "A"}, {"id": "o10", "text": "A"}, {"id": "o11", "text": "A"}, {"id": "o12", "text": "A"}, {"id": "o13", "text": "A"}, {"id": "o14", "text": "A"}, {"id": "o15", "text": "A"}, {"id": "o16", "text": "A"}, {"id": "o17", "text": "A"}, {"id": "o18", "text": "A"}, {"id": "o19", "text": "A"}, {"id": "o20", "text": "A"}, {"id": "o21", "text": "A"}, {"id": "o22", "text": "A"}, {"id": "o23", "text": "A"}, {"id": "o24", "text": "A"}, {"id": "o25", "text": "A"}, {"id": "o26", "text": "A"}], "correct_option_id": "a"}}} | form.single_choice.options
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "a b", "text": "A"}, {"id": "a", "text": "A"}], "correct_option_id": "a"}}} | form.single_choice.options[0].id
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "b", "text": ""}, {"id": "a", "text": "A"}], "correct_option_id": "a"}}} | form.single_choice.options[0].text
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "b", "text": "$A2001"}, {"id": "a", "text": "A"}], "correct_option_id": "a"}}} | form.single_choice.options[0].text
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "b", "text": "B", "feedback": "$A2001"}, {"id": "a", "text": "A"}], "correct_option_id": "a"}}} | form.single_choice.options[0].feedback
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "a", "text": "A"}], "correct_option_ids": ["a"]}}} | form.multiple_choice.options
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "o0", "text": "A"}, {"id": "o1", "text": "A"}, {"id": "o2", "text": "A"}, {"id": "o3", "text": "A"}, {"id": "o4", "text": "A"}, {"id": "o5", "text": "A"}, {"id": "o6", "text": "A"}, {"id": "o7", "text": "A"}, {"id": "o8", "text": "A"}, {"id": "o9", "text": "A"}, {"id": "o10", "text": "A"}, {"id": "o11", "text": "A"}, {"id": "o12", "text": "A"}, {"id": "o13", "text": "A"}, {"id": "o14", "text": "A"}, {"id": "o15", "text": "A"}, {"id": "o16", "text": "A"}, {"id": "o17", "text": "A"}, {"id": "o18", "text": "A"}, {"id": "o19", "text": "A"}, {"id": "o20", "text": "A"}, {"id": "o21", "text": "A"}, {"id": "o22", "text": "A"}, {"id": "o23", "text": "A"}, {"id": "o24", "text": "A"}, {"id": "o25", "text": "A"}, {"id": "o26", "text": "A"}], "correct_option_ids": ["a"]}}} | form.multiple_choice.options
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "a b", "text": "A"}, {"id": "a", "text": "A"}], "correct_option_ids": ["a"]}}} | form.multiple_choice.options[0].id
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "b", "text": ""}, {"id": "a", "text": "A"}], "correct_option_ids": ["a"]}}} | form.multiple_choice.options[0].text
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "b", "text": "$A2001"}, {"id": "a", "text": "A"}], "correct_option_ids": ["a"]}}} | form.multiple_choice.options[0].text
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "b", "text": "B", "feedback": "$A2001"}, {"id": "a", "text": "A"}], "correct_option_ids": ["a"]}}} | form.multiple_choice.options[0].feedback
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}}} | form.single_choice.correct_option_id
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"single_choice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "correct_option_id": "$A41"}}} | form.single_choice.correct_option_id
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]}}} | form.multiple_choice.correct_option_ids
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "correct_option_ids": ["a", "a"]}}} | form.multiple_choice.correct_option_ids
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "correct_option_ids": ["$A41"]}}} | form.multiple_choice.correct_option_ids[0]
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"multiple_choice": {"options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "correct_option_ids": ["a"], "partial_credit": 99}}} | form.multiple_choice.partial_credit
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {}}} | form.short_answer.accepted
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}, {"text": {"value": "a"}, "credit_percent": 100}]}}} | form.short_answer.accepted
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": "a"}, "credit_percent": 100}], "max_characters": -1}}} | form.short_answer.max_characters
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": "a"}, "credit_percent": 100}], "max_characters": 2001}}} | form.short_answer.max_characters
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"credit_percent": 100}]}}} | form.short_answer.accepted[0].answer
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": "a"}}]}}} | form.short_answer.accepted[0].credit_percent
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": "a"}, "credit_percent": 101}]}}} | form.short_answer.accepted[0].credit_percent
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": "a"}, "credit_percent": 100, "feedback": "$A2001"}]}}} | form.short_answer.accepted[0].feedback
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": ""}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].text.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"text": {"value": "$A501"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].text.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"pattern": {"expression": ""}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].pattern.expression
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"pattern": {"expression": "$A501"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].pattern.expression
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": ""}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "1,5"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "0x1"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "1e9999"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "NaN"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "1", "tolerance": "-1"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.tolerance
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "1", "tolerance": "a"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.tolerance
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "11111111111111111111111111111111111111111"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.value
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"short_answer": {"accepted": [{"number": {"value": "1", "tolerance": "11111111111111111111111111111111111111111"}, "credit_percent": 100}]}}} | form.short_answer.accepted[0].number.tolerance
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"essay": {"min_words": -1}}} | form.essay.min_words
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"essay": {"min_words": 20001}}} | form.essay.min_words
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"essay": {"max_words": -1}}} | form.essay.max_words
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"essay": {"max_words": 20001}}} | form.essay.max_words
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"essay": {"grading_notes": "$A10001"}}} | form.essay.grading_notes
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"code": {}}} | form.code.language
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"code": {"language": "Not One"}}} | form.code.language
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"code": {"language": "$A41"}}} | form.code.language
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"code": {"language": "java", "starter_code": "$A10001"}}} | form.code.starter_code
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"code": {"language": "java", "solution": "$A10001"}}} | form.code.solution
            CreateQuestion | {"request_id": "$ID", "quiz_id": "$ID", "text": "t", "points": 1, "form": {"code": {"language": "java", "grading_notes": "$A10001"}}} | form.code.grading_notes
            UpdateQuestion | {"question_id": "x", "update_mask": "text"} | question_id
            UpdateQuestion | {"question_id": "$ID"} | update_mask
            UpdateQuestion | {"question_id": "$ID", "update_mask": "quizId"} | update_mask
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "etag": "$A41"} | etag
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "text": "$A10001"} | text
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "points": -1} | points
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "points": 1001} | points
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "explanation": "$A10001"} | explanation
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "tags": ["Big"]} | tags[0]
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "difficulty": 99} | difficulty
            UpdateQuestion | {"question_id": "$ID", "update_mask": "text", "form": {}} | form.form
            DeleteQuestion | {"question_id": "x"} | question_id
            DeleteQuestion | {"question_id": "$ID", "etag": "$A41"} | etag
            CreateDraw | {"request_id": "x", "quiz_id": "$ID", "bank_id": "$ID", "count": 1, "points_each": 1} | request_id
            CreateDraw | {"request_id": "$ID", "quiz_id": "x", "bank_id": "$ID", "count": 1, "points_each": 1} | quiz_id
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "x", "count": 1, "points_each": 1} | bank_id
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "$ID", "count": 0, "points_each": 1} | count
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "$ID", "count": 101, "points_each": 1} | count
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "$ID", "count": 1, "points_each": 0} | points_each
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "$ID", "count": 1, "points_each": 1001} | points_each
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "$ID", "count": 1, "points_each": 1, "tags": ["-a"]} | tags[0]
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "$ID", "count": 1, "points_each": 1, "tags": ["a", "a"]} | tags
            CreateDraw | {"request_id": "$ID", "quiz_id": "$ID", "bank_id": "$ID", "count": 1, "points_each": 1, "difficulty": 99} | difficulty
            UpdateDraw | {"draw_id": "x", "update_mask": "count"} | draw_id
            UpdateDraw | {"draw_id": "$ID"} | update_mask
            UpdateDraw | {"draw_id": "$ID", "update_mask": "bankId"} | update_mask
            UpdateDraw | {"draw_id": "$ID", "update_mask": "count", "etag": "$A41"} | etag
            UpdateDraw | {"draw_id": "$ID", "update_mask": "count", "count": -1} | count
            UpdateDraw | {"draw_id": "$ID", "update_mask": "count", "count": 101} | count
            UpdateDraw | {"draw_id": "$ID", "update_mask": "count", "points_each": -1} | points_each
            UpdateDraw | {"draw_id": "$ID", "update_mask": "count", "points_each": 1001} | points_each
            UpdateDraw | {"draw_id": "$ID", "update_mask": "count", "tags": ["Big"]} | tags[0]
            UpdateDraw | {"draw_id": "$ID", "update_mask": "count", "difficulty": 99} | difficulty
            DeleteDraw | {"draw_id": "x"} | draw_id
            DeleteDraw | {"draw_id": "$ID", "etag": "$A41"} | etag
            CreateQuestionBank | {"request_id": "x", "course_id": "$ID", "title": "t"} | request_id
            CreateQuestionBank | {"request_id": "$ID", "course_id": "x", "title": "t"} | course_id
            CreateQuestionBank | {"request_id": "$ID", "course_id": "$ID", "title": ""} | title
            CreateQuestionBank | {"request_id": "$ID", "course_id": "$ID", "title": "$A256"} | title
            CreateQuestionBank | {"request_id": "$ID", "course_id": "$ID", "title": "t", "description": "$A2001"} | description
            GetQuestionBank | {"bank_id": "x"} | bank_id
            DeleteQuestionBank | {"bank_id": "x"} | bank_id
            ListBankQuestions | {"bank_id": "x"} | bank_id
            DeleteQuestionBank | {"bank_id": "$ID", "etag": "$A41"} | etag
            ListBankQuestions | {"bank_id": "$ID", "page_size": -1} | page_size
            ListBankQuestions | {"bank_id": "$ID", "page_token": "$A1001"} | page_token
            ListBankQuestions | {"bank_id": "$ID", "tags": ["Big"]} | tags[0]
            ListBankQuestions | {"bank_id": "$ID", "difficulty": 99} | difficulty
            ListBankQuestions | {"bank_id": "$ID", "type": 99} | type
            UpdateQuestionBank | {"bank_id": "x", "update_mask": "title"} | bank_id
            UpdateQuestionBank | {"bank_id": "$ID"} | update_mask
            UpdateQuestionBank | {"bank_id": "$ID", "update_mask": "courseId"} | update_mask
            UpdateQuestionBank | {"bank_id": "$ID", "update_mask": "title", "etag": "$A41"} | etag
            UpdateQuestionBank | {"bank_id": "$ID", "update_mask": "title", "title": "$A256"} | title
            UpdateQuestionBank | {"bank_id": "$ID", "update_mask": "title", "description": "$A2001"} | description
            CreateFileAssignment | {"request_id": "x", "course_id": "$ID", "title": "t"} | request_id
            CreateFileAssignment | {"request_id": "$ID", "course_id": "x", "title": "t"} | course_id
            CreateFileAssignment | {"request_id": "$ID", "course_id": "$ID", "lesson_id": "x", "title": "t"} | lesson_id
            CreateFileAssignment | {"request_id": "$ID", "course_id": "$ID", "title": ""} | title
            CreateFileAssignment | {"request_id": "$ID", "course_id": "$ID", "title": "$A256"} | title
            CreateFileAssignment | {"request_id": "$ID", "course_id": "$ID", "title": "t", "description": "$A2001"} | description
            GetFileAssignment | {"file_assignment_id": "x"} | file_assignment_id
            GetLearnerFileAssignment | {"file_assignment_id": "x"} | file_assignment_id
            GetFileAssignmentVersion | {"file_assignment_id": "x"} | file_assignment_id
            DeleteFileAssignment | {"file_assignment_id": "x"} | file_assignment_id
            PublishFileAssignment | {"file_assignment_id": "x"} | file_assignment_id
            WithdrawFileAssignment | {"file_assignment_id": "x"} | file_assignment_id
            DeleteFileAssignment | {"file_assignment_id": "$ID", "etag": "$A41"} | etag
            PublishFileAssignment | {"file_assignment_id": "$ID", "etag": "$A41"} | etag
            WithdrawFileAssignment | {"file_assignment_id": "$ID", "etag": "$A41"} | etag
            GetFileAssignmentVersion | {"file_assignment_id": "$ID", "version": -1} | version
            UpdateFileAssignment | {"file_assignment_id": "x", "update_mask": "title"} | file_assignment_id
            UpdateFileAssignment | {"file_assignment_id": "$ID"} | update_mask
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "settings"} | update_mask
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "etag": "$A41"} | etag
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "title": "$A256"} | title
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "description": "$A2001"} | description
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "lesson_id": "x"} | lesson_id
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"instructions": "$A10001"}} | settings.instructions
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"points": -1}} | settings.points
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"points": 10001}} | settings.points
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"passing_percentage": -1}} | settings.passing_percentage
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"passing_percentage": 101}} | settings.passing_percentage
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"max_file_bytes": -1}} | settings.max_file_bytes
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"max_file_bytes": 1073741825}} | settings.max_file_bytes
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"max_files": -1}} | settings.max_files
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"max_files": 21}} | settings.max_files
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"max_submissions": -1}} | settings.max_submissions
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"max_submissions": 101}} | settings.max_submissions
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"open_time": "1969-12-31T23:59:59Z"}} | settings.open_time
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"due_time": "1969-12-31T23:59:59Z"}} | settings.due_time
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"late_policy": {"penalty_percent_per_day": -1}}} | settings.late_policy.penalty_percent_per_day
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"late_policy": {"penalty_percent_per_day": 101}}} | settings.late_policy.penalty_percent_per_day
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"late_policy": {"max_penalty_percent": -1}}} | settings.late_policy.max_penalty_percent
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"late_policy": {"max_penalty_percent": 101}}} | settings.late_policy.max_penalty_percent
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"late_policy": {"cut_off": "59s"}}} | settings.late_policy.cut_off
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"late_policy": {"cut_off": "31536001s"}}} | settings.late_policy.cut_off
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"file_extensions": [".pdf"]}} | settings.file_extensions[0]
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"file_extensions": ["pdf", "pdf"]}} | settings.file_extensions
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"file_extensions": ["e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9", "e10", "e11", "e12", "e13", "e14", "e15", "e16", "e17", "e18", "e19", "e20", "e21", "e22", "e23", "e24", "e25", "e26", "e27", "e28", "e29", "e30"]}} | settings.file_extensions
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {}}} | settings.rubric.criteria
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c0", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c1", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c2", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c3", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c4", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c5", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c6", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c7", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c8", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c9", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c10", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c11", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c12", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c13", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c14", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c15", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c16", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c17", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c18", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c19", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}, {"id": "c20", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "a b", "title": "C", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].id
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].title
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "$A201", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].title
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "description": "$A2001", "levels": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].description
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "a", "title": "A"}]}]}}} | settings.rubric.criteria[0].levels
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "l0", "title": "A"}, {"id": "l1", "title": "A"}, {"id": "l2", "title": "A"}, {"id": "l3", "title": "A"}, {"id": "l4", "title": "A"}, {"id": "l5", "title": "A"}, {"id": "l6", "title": "A"}, {"id": "l7", "title": "A"}, {"id": "l8", "title": "A"}, {"id": "l9", "title": "A"}, {"id": "l10", "title": "A"}]}]}}} | settings.rubric.criteria[0].levels
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "", "title": "A"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].levels[0].id
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "a", "title": ""}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].levels[0].title
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "a", "title": "$A201"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].levels[0].title
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "a", "title": "A", "description": "$A2001"}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].levels[0].description
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "a", "title": "A", "points": -1}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].levels[0].points
            UpdateFileAssignment | {"file_assignment_id": "$ID", "update_mask": "title", "settings": {"rubric": {"criteria": [{"id": "c", "title": "C", "levels": [{"id": "a", "title": "A", "points": 10001}, {"id": "b", "title": "B"}]}]}}} | settings.rubric.criteria[0].levels[0].points
            """)
    void namesTheFieldThatBreaksTheContract(String method, String request, String field) throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> call(method(method), filledIn(request)));
        assertThat(refusal.fields()).containsOnly(field);
    }

    private static String filledIn(String request) {
        var withTexts = TEXT.matcher(request).replaceAll(match -> "a".repeat(Integer.parseInt(match.group(1))));
        var withLists = IDS.matcher(withTexts)
                .replaceAll(match -> IntStream.range(0, Integer.parseInt(match.group(1)))
                        .mapToObj(number -> "\"" + UUID.randomUUID() + "\"")
                        .collect(Collectors.joining(",")));
        var withIds =
                ID.matcher(withLists).replaceAll(match -> UUID.randomUUID().toString());
        return withIds.replace("$SAME", UUID.randomUUID().toString());
    }

    @SuppressWarnings("unchecked")
    private Object call(MethodDescriptor<?, ?> method, String json) throws Exception {
        var marshaller = (PrototypeMarshaller<Message>) method.getRequestMarshaller();
        var request = Objects.requireNonNull(marshaller.getMessagePrototype()).newBuilderForType();
        JsonFormat.parser().merge(json, request);
        return ClientCalls.blockingUnaryCall(
                platform.as(administrator, "assignments"),
                (MethodDescriptor<Message, Message>) method,
                CallOptions.DEFAULT,
                request.build());
    }

    private static MethodDescriptor<?, ?> method(String name) {
        return Stream.of(
                        QuizServiceGrpc.getServiceDescriptor(),
                        QuestionServiceGrpc.getServiceDescriptor(),
                        DrawServiceGrpc.getServiceDescriptor(),
                        QuestionBankServiceGrpc.getServiceDescriptor(),
                        FileAssignmentServiceGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .filter(method -> name.equals(method.getBareMethodName()))
                .findFirst()
                .orElseThrow();
    }
}
