package org.aula.local.access;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import build.buf.validate.ValidateProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.contract.ContractRules;

/// Makes a valid request for any method from its descriptor: whatever breaks a bound of the contract is
/// filled, by name with what the fixture says, else with the first sample that the bound allows.
final class Requests {

    /// What is inside of fields that no bound asks for. `$name` is what the fixture says.
    private static final Map<String, String> PARTICULARS = Map.of(
            "aula.assignments.v1.QuizService/BatchCreateQuizzes",
            "quizzes { title: 'Quiz' questions { text: 'Is it?' points: 1 form { true_false { correct: true } } } }",
            "aula.enrollments.v1.BulkEnrollmentService/AddEnrollmentListPart",
            "csv: 'user_id'",
            "aula.courses.v1.CourseService/CountCourses",
            "filter { instructor_id: '$instructor_id' status: $course_status }",
            "aula.courses.v1.CourseService/FeatureCourse",
            "featured: true",
            "aula.courses.v1.CourseService/ListCourses",
            "filter { instructor_id: '$instructor_id' status: $course_status }",
            "aula.courses.v1.LessonService/ReorderLessons",
            "sections { section_id: '$section_id' lesson_ids: '$lesson_id' }",
            "aula.courses.v1.ReviewService/UpdateReview",
            "rating: 4",
            "aula.grades.v1.AttemptService/SaveAnswers",
            "answers { question_id: '$question_id' true_false: true }",
            "aula.courses.v1.ReviewService/VoteReview",
            "helpful: true");

    private static final String MASK = "update_mask";
    private static final int MAX_ROUNDS = 30;
    private static final int LETTERS = 26;

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Validator VALIDATOR = ContractRules.validator();

    private Requests() {}

    /// A valid request.
    ///
    /// @param known values by name of their field, in the singular also where the field is a list; each is
    ///     set where the request has such a field
    static DynamicMessage of(ContractMethod method, Map<String, String> known) {
        var builder = DynamicMessage.newBuilder(method.descriptor().getInputType());
        for (var field : builder.getDescriptorForType().getFields()) {
            known(field, known).ifPresent(value -> set(builder, field, value));
        }
        addParticulars(method, known, builder);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            var broken = violations(builder);
            if (broken.isEmpty()) {
                fillMasked(builder);
                return builder.build();
            }
            fill(builder, broken.getFirst());
        }
        throw new IllegalStateException("no valid request of " + method.fullName() + ": " + violations(builder));
    }

    /// Whether the method's request has to name something by its id.
    static boolean namesSomething(ContractMethod method) {
        return PARTICULARS.containsKey(method.fullName())
                || violations(DynamicMessage.newBuilder(method.descriptor().getInputType())).stream()
                        .map(path -> path.getElements(0).getFieldName())
                        .anyMatch(name -> !name.equals("request_id") && name.matches("course|category|.*_ids?"));
    }

    private static void addParticulars(
            ContractMethod method, Map<String, String> known, DynamicMessage.Builder builder) {
        var text = PARTICULARS.getOrDefault(method.fullName(), "");
        for (var entry : known.entrySet()) {
            text = text.replace("$" + entry.getKey(), entry.getValue());
        }
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException broken) {
            throw new IllegalStateException("the particulars of " + method.fullName(), broken);
        }
    }

    private static void fill(Message.Builder builder, FieldPath path) {
        var parent = builder;
        for (var element : path.getElementsList().subList(0, path.getElementsCount() - 1)) {
            parent = parent.getFieldBuilder(field(parent.getDescriptorForType(), element));
        }
        var field = field(parent.getDescriptorForType(), path.getElements(path.getElementsCount() - 1));
        for (var candidate : samples(field).toList()) {
            set(parent, field, candidate);
            if (violations(builder).stream().noneMatch(path::equals)) {
                return;
            }
        }
        throw new IllegalStateException("no sample fits " + field.getFullName() + ": add one to those of Requests");
    }

    /// The field of a path; of a oneof the first.
    private static FieldDescriptor field(Descriptor type, FieldPathElement element) {
        var field = type.findFieldByName(element.getFieldName());
        return field != null
                ? field
                : type.getOneofs().stream()
                        .filter(oneof -> oneof.getName().equals(element.getFieldName()))
                        .findFirst()
                        .orElseThrow()
                        .getField(0);
    }

    private static void set(Message.Builder builder, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            builder.setField(field, List.of(value));
        } else {
            builder.setField(field, value);
        }
    }

    private static Optional<Object> known(FieldDescriptor field, Map<String, String> known) {
        var name = field.getName();
        var singular = field.isRepeated() && name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
        return Optional.ofNullable(known.get(singular)).map(text -> switch (field.getJavaType()) {
            case STRING -> text;
            case LONG -> Long.valueOf(text);
            case ENUM -> field.getEnumType().findValueByName(text);
            case INT, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, MESSAGE ->
                throw new IllegalStateException("no fixture is a " + field.getJavaType());
        });
    }

    private static Stream<Object> samples(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> texts(field);
            case INT -> Stream.of(1);
            case LONG -> Stream.of(1L);
            case FLOAT -> Stream.of(1F);
            case DOUBLE -> Stream.of(1D);
            case BOOLEAN -> Stream.of(true);
            case BYTE_STRING -> Stream.of(ByteString.copyFromUtf8("sample"));
            case ENUM -> field.getEnumType().getValues().stream().skip(1).map(Object.class::cast);
            case MESSAGE -> Stream.of(message(field));
        };
    }

    /// Each text once, since names are often unique: a name, an id, an address, a code, a permission, a
    /// hash, a media type, an address of the web.
    private static Stream<Object> texts(FieldDescriptor field) {
        var number = COUNTER.incrementAndGet();
        var letters = new StringBuilder(field.getName().substring(0, 1));
        Integer.toString(number, LETTERS)
                .chars()
                .forEach(digit -> letters.append((char) ('a' + Character.digit(digit, LETTERS))));
        return Stream.of(
                "sample_" + number,
                UUID.randomUUID().toString(),
                UUID.randomUUID() + "@test.example",
                "123456",
                "sample:" + letters,
                "0123456789abcdef".repeat(4),
                "text/plain",
                "https://test.example/" + number);
    }

    private static Message message(FieldDescriptor field) {
        if (field.getMessageType()
                .getFullName()
                .equals(FieldMask.getDescriptor().getFullName())) {
            var path = field.getOptions()
                    .getExtension(ValidateProto.field)
                    .getFieldMask()
                    .getIn(0);
            var paths = field.getMessageType().findFieldByName("paths");
            return DynamicMessage.newBuilder(field.getMessageType())
                    .addRepeatedField(paths, path)
                    .build();
        }
        return DynamicMessage.getDefaultInstance(field.getMessageType());
    }

    /// What a mask names must often not be empty, which bounds cannot say.
    private static void fillMasked(DynamicMessage.Builder builder) {
        var mask = builder.getDescriptorForType().findFieldByName(MASK);
        if (mask == null) {
            return;
        }
        var paths = mask.getMessageType().findFieldByName("paths");
        var path = (String) ((Message) builder.getField(mask)).getRepeatedField(paths, 0);
        var parent = parentOf(path, builder);
        var field = parent.getDescriptorForType().findFieldByName(path);
        if (field.getJavaType() == JavaType.STRING && !field.isRepeated()) {
            parent.setField(field, "Sample" + COUNTER.incrementAndGet());
        }
    }

    /// The message that has the field: the request, or what is inside it to be written.
    private static Message.Builder parentOf(String fieldName, DynamicMessage.Builder request) {
        var type = request.getDescriptorForType();
        if (type.findFieldByName(fieldName) != null) {
            return request;
        }
        return type.getFields().stream()
                .filter(field -> field.getJavaType() == JavaType.MESSAGE && !field.isRepeated())
                .filter(field -> field.getMessageType().findFieldByName(fieldName) != null)
                .findFirst()
                .map(request::getFieldBuilder)
                .orElseThrow(() -> new IllegalStateException(type.getFullName() + " has no field " + fieldName));
    }

    private static List<FieldPath> violations(Message.Builder builder) {
        try {
            return VALIDATOR.validate(builder.buildPartial()).getViolations().stream()
                    .map(violation -> violation.toProto().getField())
                    .toList();
        } catch (ValidationException broken) {
            throw new IllegalStateException("a rule of the contract does not run", broken);
        }
    }
}
