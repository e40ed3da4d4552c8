package org.aula.courses;

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
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every bound of the requests that make and change the structure of courses, each with the field that is
/// named. In the requests `$ID` is some id, `$A<n>` a text of that many letters, `$IDS<n>` that many ids.
class StructureBoundsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private static final Pattern TEXT = Pattern.compile("\\$A(\\d+)");
    private static final Pattern IDS = Pattern.compile("\\$IDS(\\d+)");

    private final TestUser administrator = new Campus(platform).administrator();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CreateCategory | {"request_id": "x", "name": "n"} | request_id
            CreateCategory | {"request_id": "$ID", "name": ""} | name
            CreateCategory | {"request_id": "$ID", "name": "$A101"} | name
            CreateCategory | {"request_id": "$ID", "name": "n", "description": "$A2001"} | description
            CreateCategory | {"request_id": "$ID", "name": "n", "parent_id": "x"} | parent_id
            CreateCategory | {"request_id": "$ID", "name": "n", "sort_order": -1} | sort_order
            CreateCategory | {"request_id": "$ID", "name": "n", "sort_order": 100001} | sort_order
            ListCategories | {"page_size": -1} | page_size
            ListCategories | {"page_token": "$A1001"} | page_token
            GetCategory | {} | category
            GetCategory | {"category_id": "x"} | category_id
            GetCategory | {"slug": ""} | slug
            GetCategory | {"slug": "$A301"} | slug
            UpdateCategory | {"category_id": "x", "update_mask": "name"} | category_id
            UpdateCategory | {"category_id": "$ID"} | update_mask
            UpdateCategory | {"category_id": "$ID", "update_mask": "slug"} | update_mask
            UpdateCategory | {"category_id": "$ID", "update_mask": "name", "etag": "$A41"} | etag
            UpdateCategory | {"category_id": "$ID", "update_mask": "name", "name": "$A101"} | name
            UpdateCategory | {"category_id": "$ID", "update_mask": "name", "description": "$A2001"} | description
            UpdateCategory | {"category_id": "$ID", "update_mask": "name", "parent_id": "x"} | parent_id
            UpdateCategory | {"category_id": "$ID", "update_mask": "name", "icon_url": "ftp://a"} | icon_url
            UpdateCategory | {"category_id": "$ID", "update_mask": "name", "icon_url": "https://a/$A500"} | icon_url
            DeleteCategory | {"category_id": "x"} | category_id
            DeleteCategory | {"category_id": "$ID", "etag": "$A41"} | etag
            ReorderCategories | {"parent_id": "x", "category_ids": ["$ID"]} | parent_id
            ReorderCategories | {} | category_ids
            ReorderCategories | {"category_ids": ["x"]} | category_ids[0]
            ReorderCategories | {"category_ids": [$IDS501]} | category_ids
            ReorderCategories | {"category_ids": ["$ID", "$ID"]} | category_ids
            CreateTag | {"request_id": "x", "name": "n"} | request_id
            CreateTag | {"request_id": "$ID", "name": ""} | name
            CreateTag | {"request_id": "$ID", "name": "$A51"} | name
            CreateTag | {"request_id": "$ID", "name": "n", "color": "red"} | color
            ListTags | {"page_size": -1} | page_size
            ListTags | {"page_token": "$A1001"} | page_token
            ListTags | {"prefix": "$A51"} | prefix
            UpdateTag | {"tag_id": "x", "update_mask": "name"} | tag_id
            UpdateTag | {"tag_id": "$ID"} | update_mask
            UpdateTag | {"tag_id": "$ID", "update_mask": "id"} | update_mask
            UpdateTag | {"tag_id": "$ID", "update_mask": "name", "name": "$A51"} | name
            UpdateTag | {"tag_id": "$ID", "update_mask": "name", "color": "#12"} | color
            DeleteTag | {"tag_id": "x"} | tag_id
            ArchiveCourse | {"course_id": "x"} | course_id
            ArchiveCourse | {"course_id": "$ID", "etag": "$A41"} | etag
            ReviseCourse | {"course_id": "x"} | course_id
            ReviseCourse | {"course_id": "$ID", "etag": "$A41"} | etag
            DeleteCourse | {"course_id": "x"} | course_id
            DeleteCourse | {"course_id": "$ID", "etag": "$A41"} | etag
            FeatureCourse | {"course_id": "x"} | course_id
            SetCourseTags | {"course_id": "x"} | course_id
            SetCourseTags | {"course_id": "$ID", "tag_ids": [$IDS21]} | tag_ids
            SetCourseTags | {"course_id": "$ID", "tag_ids": ["$ID", "$ID"]} | tag_ids
            SetCourseTags | {"course_id": "$ID", "tag_ids": ["x"]} | tag_ids[0]
            SetCoursePrerequisites | {"course_id": "x"} | course_id
            SetCoursePrerequisites | {"course_id": "$ID", "prerequisite_course_ids": [$IDS21]} | prerequisite_course_ids
            SetCoursePrerequisites | {"course_id": "$ID", "prerequisite_course_ids": ["x"]} | prerequisite_course_ids[0]
            DuplicateCourse | {"request_id": "x", "course_id": "$ID"} | request_id
            DuplicateCourse | {"request_id": "$ID", "course_id": "x"} | course_id
            DuplicateCourse | {"request_id": "$ID", "course_id": "$ID", "title": "$A256"} | title
            UpdateCourse | {"course_id": "$ID", "update_mask": "featured", "course": {}} | update_mask
            UpdateCourse | {"course_id": "$ID", "update_mask": "maxStudents", "course": {"max_students": 1000001}} | course.max_students
            UpdateCourse | {"course_id": "$ID", "update_mask": "title", "course": {"original_price": {"amount_minor": -1, "currency_code": "USD"}}} | course.original_price
            CreateSection | {"request_id": "x", "course_id": "$ID", "title": "t"} | request_id
            CreateSection | {"request_id": "$ID", "course_id": "x", "title": "t"} | course_id
            CreateSection | {"request_id": "$ID", "course_id": "$ID", "title": ""} | title
            CreateSection | {"request_id": "$ID", "course_id": "$ID", "title": "$A256"} | title
            CreateSection | {"request_id": "$ID", "course_id": "$ID", "title": "t", "description": "$A5001"} | description
            BatchListSections | {} | course_ids
            BatchListSections | {"course_ids": [$IDS201]} | course_ids
            BatchListSections | {"course_ids": ["$ID", "$ID"]} | course_ids
            BatchListSections | {"course_ids": ["$ID"], "first": -1} | first
            UpdateSection | {"section_id": "x", "update_mask": "title"} | section_id
            UpdateSection | {"section_id": "$ID"} | update_mask
            UpdateSection | {"section_id": "$ID", "update_mask": "sortOrder"} | update_mask
            UpdateSection | {"section_id": "$ID", "update_mask": "title", "etag": "$A41"} | etag
            UpdateSection | {"section_id": "$ID", "update_mask": "title", "title": "$A256"} | title
            UpdateSection | {"section_id": "$ID", "update_mask": "title", "description": "$A5001"} | description
            DeleteSection | {"section_id": "x"} | section_id
            DeleteSection | {"section_id": "$ID", "etag": "$A41"} | etag
            ReorderSections | {"course_id": "x", "section_ids": ["$ID"]} | course_id
            ReorderSections | {"course_id": "$ID"} | section_ids
            ReorderSections | {"course_id": "$ID", "section_ids": [$IDS501]} | section_ids
            ReorderSections | {"course_id": "$ID", "section_ids": ["$ID", "$ID"]} | section_ids
            ReorderSections | {"course_id": "$ID", "section_ids": ["x"]} | section_ids[0]
            CreateLesson | {"request_id": "x", "section_id": "$ID", "title": "t"} | request_id
            CreateLesson | {"request_id": "$ID", "section_id": "x", "title": "t"} | section_id
            CreateLesson | {"request_id": "$ID", "section_id": "$ID", "title": ""} | title
            CreateLesson | {"request_id": "$ID", "section_id": "$ID", "title": "$A256"} | title
            CreateLesson | {"request_id": "$ID", "section_id": "$ID", "title": "t", "type": 99} | type
            CreateLesson | {"request_id": "$ID", "section_id": "$ID", "title": "t", "duration": "-1s"} | duration
            CreateLesson | {"request_id": "$ID", "section_id": "$ID", "title": "t", "duration": "864001s"} | duration
            GetLesson | {"lesson_id": "x"} | lesson_id
            BatchListLessons | {} | section_ids
            BatchListLessons | {"section_ids": [$IDS201]} | section_ids
            BatchListLessons | {"section_ids": ["$ID"], "first": -1} | first
            UpdateLesson | {"lesson_id": "x", "update_mask": "title"} | lesson_id
            UpdateLesson | {"lesson_id": "$ID"} | update_mask
            UpdateLesson | {"lesson_id": "$ID", "update_mask": "sectionId"} | update_mask
            UpdateLesson | {"lesson_id": "$ID", "update_mask": "title", "etag": "$A41"} | etag
            UpdateLesson | {"lesson_id": "$ID", "update_mask": "title", "title": "$A256"} | title
            UpdateLesson | {"lesson_id": "$ID", "update_mask": "type", "type": 99} | type
            UpdateLesson | {"lesson_id": "$ID", "update_mask": "duration", "duration": "864001s"} | duration
            UpdateLesson | {"lesson_id": "$ID", "update_mask": "externalUrl", "external_url": "javascript:x"} | external_url
            UpdateLesson | {"lesson_id": "$ID", "update_mask": "externalUrl", "external_url": "https://a/$A2000"} | external_url
            DeleteLesson | {"lesson_id": "x"} | lesson_id
            DeleteLesson | {"lesson_id": "$ID", "etag": "$A41"} | etag
            ReorderLessons | {"course_id": "x", "sections": [{"section_id": "$ID"}]} | course_id
            ReorderLessons | {"course_id": "$ID"} | sections
            ReorderLessons | {"course_id": "$ID", "sections": [{"section_id": "x"}]} | sections[0].section_id
            ReorderLessons | {"course_id": "$ID", "sections": [{"section_id": "$ID", "lesson_ids": [$IDS1001]}]} | sections[0].lesson_ids
            ReorderLessons | {"course_id": "$ID", "sections": [{"section_id": "$ID", "lesson_ids": ["x"]}]} | sections[0].lesson_ids[0]
            SetLessonPrerequisites | {"lesson_id": "x"} | lesson_id
            SetLessonPrerequisites | {"lesson_id": "$ID", "prerequisite_lesson_ids": [$IDS21]} | prerequisite_lesson_ids
            SetLessonPrerequisites | {"lesson_id": "$ID", "prerequisite_lesson_ids": ["x"]} | prerequisite_lesson_ids[0]
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
        return withLists.replace("$ID", UUID.randomUUID().toString());
    }

    @SuppressWarnings("unchecked")
    private Object call(MethodDescriptor<?, ?> method, String json) throws Exception {
        var marshaller = (PrototypeMarshaller<Message>) method.getRequestMarshaller();
        var request = Objects.requireNonNull(marshaller.getMessagePrototype()).newBuilderForType();
        JsonFormat.parser().merge(json, request);
        return ClientCalls.blockingUnaryCall(
                platform.as(administrator, "courses"),
                (MethodDescriptor<Message, Message>) method,
                CallOptions.DEFAULT,
                request.build());
    }

    private static MethodDescriptor<?, ?> method(String name) {
        return Stream.of(
                        CategoryServiceGrpc.getServiceDescriptor(),
                        TagServiceGrpc.getServiceDescriptor(),
                        CourseServiceGrpc.getServiceDescriptor(),
                        SectionServiceGrpc.getServiceDescriptor(),
                        LessonServiceGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .filter(method -> name.equals(method.getBareMethodName()))
                .findFirst()
                .orElseThrow();
    }
}
