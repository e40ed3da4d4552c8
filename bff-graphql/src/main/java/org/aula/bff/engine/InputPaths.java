package org.aula.bff.engine;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which field of the schema and which field of the contract belong together, in both directions: requests
/// are read out of inputs by it, objects out of responses, and errors name the input that a field of a
/// request came from. Most go by
/// the same name in camel case; the exceptions stand in one table.
final class InputPaths {

    /// What a field of the contract comes from, or is given as, when that is not the field of the same name:
    /// steps into the input, or the field's name; none where the field's own fields stand in its place. And
    /// whether the path ends there.
    ///
    /// @param steps steps into the input
    /// @param last whether what follows in the contract's path says nothing about the input
    private record Step(List<String> steps, boolean last) {}

    /// The fields that are given make the mask.
    private static final String MASK = "google.protobuf.FieldMask";

    private static final Step INLINE = new Step(List.of(), false);
    private static final Step KEY = new Step(List.of("key"), false);

    /// How the arguments of a page are named.
    private static final Map<String, String> ARGUMENTS = Map.of("page_size", "first", "page_token", "after");

    private static final Map<String, Step> EXCEPTIONS = Map.ofEntries(
            Map.entry("aula.courses.v1.UpdateCourseRequest.course", INLINE),
            // A scalar of the schema.
            Map.entry("aula.users.v1.UpdateUserRequest.birth_date", new Step(List.of("birthDate"), true)),
            // The ids are read out of the HTML.
            Map.entry("aula.courses.v1.HtmlBlock.asset_ids", new Step(List.of("html"), true)),
            // A map in the contract, a list in the input: the key does not tell the place.
            Map.entry("aula.courses.v1.VideoBlock.transcript_asset_ids", new Step(List.of("transcripts"), true)),
            // Told by the service, not read when content is written.
            Map.entry("aula.courses.v1.ExerciseBlock.has_solution", new Step(List.of("solution"), true)),
            // Only services upload for others, and keep files.
            Map.entry("aula.content.v1.CreateUploadRequest.owner_id", new Step(List.of(), true)),
            Map.entry("aula.content.v1.CreateUploadRequest.custody", new Step(List.of(), true)),
            Map.entry("aula.auth.v1.GetRoleRequest.role", new Step(List.of("name"), false)),
            Map.entry("aula.assignments.v1.GetQuizVersionRequest.version", new Step(List.of("number"), false)),
            Map.entry(
                    "aula.assignments.v1.GetFileAssignmentVersionRequest.version", new Step(List.of("number"), false)),
            Map.entry("aula.courses.v1.CompareLessonRevisionsRequest.from_revision", new Step(List.of("from"), false)),
            Map.entry("aula.courses.v1.CompareLessonRevisionsRequest.to_revision", new Step(List.of("to"), false)),
            // Names within a parent: caches would take them for global ids.
            Map.entry("aula.courses.v1.LessonPage.id", KEY),
            Map.entry("aula.courses.v1.BlockDifference.page_id", new Step(List.of("pageKey"), false)),
            Map.entry("aula.assignments.v1.QuestionOption.id", KEY),
            Map.entry(
                    "aula.assignments.v1.SingleChoiceForm.correct_option_id",
                    new Step(List.of("correctOptionKey"), false)),
            Map.entry(
                    "aula.assignments.v1.MultipleChoiceForm.correct_option_ids",
                    new Step(List.of("correctOptionKeys"), false)),
            Map.entry("aula.assignments.v1.LearnerOption.id", KEY),
            Map.entry("aula.assignments.v1.RubricCriterion.id", KEY),
            Map.entry("aula.assignments.v1.RubricLevel.id", KEY),
            Map.entry("aula.grades.v1.ChoiceAnswer.option_ids", new Step(List.of("optionKeys"), false)),
            Map.entry("aula.grades.v1.GivenLevel.criterion_id", new Step(List.of("criterionKey"), false)),
            Map.entry("aula.grades.v1.GivenLevel.level_id", new Step(List.of("levelKey"), false)),
            Map.entry("aula.grades.v1.GradeCategory.id", KEY),
            Map.entry("aula.grades.v1.GradeItem.category_id", new Step(List.of("categoryKey"), false)),
            Map.entry("aula.grades.v1.CategoryGrade.category_id", new Step(List.of("categoryKey"), false)),
            Map.entry("aula.grades.v1.ItemCategory.category_id", new Step(List.of("categoryKey"), false)),
            // Ids of other things than the object that has them.
            Map.entry("aula.assignments.v1.LearnerQuestion.id", new Step(List.of("questionId"), false)),
            Map.entry("aula.grades.v1.GradeItem.id", new Step(List.of("itemId"), false)));

    private static final Pattern STEP = Pattern.compile("([A-Za-z0-9_]+)((?:\\[[^\\]]*\\])?)");

    private InputPaths() {}

    /// The field of a message that an argument or a field of an input is read into, with the fields that
    /// lead to it; empty if there is none.
    static List<FieldDescriptor> fields(Descriptor message, String name) {
        var own = field(message, name);
        if (own != null) {
            return List.of(own);
        }
        for (var field : inlined(message)) {
            var inside = fields(field.getMessageType(), name);
            if (!inside.isEmpty()) {
                return Stream.concat(Stream.of(field), inside.stream()).toList();
            }
        }
        return List.of();
    }

    /// The field of a message that a field of the schema is read into, or out of; null if there is none.
    static @Nullable FieldDescriptor field(Descriptor message, String name) {
        for (var field : message.getFields()) {
            if (field.getJsonName().equals(name) || name.equals(ARGUMENTS.get(field.getName()))) {
                return field;
            }
        }
        for (var field : message.getFields()) {
            var exception = EXCEPTIONS.get(field.getFullName());
            if (exception != null && exception.steps().equals(List.of(name))) {
                return field;
            }
        }
        return null;
    }

    /// The fields of a message whose own fields stand in their place in the input.
    static List<FieldDescriptor> inlined(Descriptor message) {
        return message.getFields().stream()
                .filter(field -> INLINE.equals(EXCEPTIONS.get(field.getFullName())))
                .toList();
    }

    /// Whether the fields that are given make this one.
    static boolean isMask(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFullName().equals(MASK);
    }

    /// The input path of a contract path such as `pages[0].blocks[2].html.html`, beginning with `input`.
    /// Steps that the contract does not have (the name of a oneof) end the path at what holds them.
    static List<String> of(Descriptor request, String contractPath) {
        var path = new ArrayList<>(List.of("input"));
        var message = request;
        var matcher = STEP.matcher(contractPath);
        while (matcher.find() && message != null) {
            var field = message.findFieldByName(matcher.group(1));
            if (field == null) {
                break;
            }
            if (isMask(field)) {
                break;
            }
            var exception = EXCEPTIONS.get(field.getFullName());
            if (exception == null) {
                path.add(field.getJsonName());
            } else {
                path.addAll(exception.steps());
                if (exception.last()) {
                    break;
                }
            }
            addIndex(path, field, matcher.group(2));
            message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
        }
        return List.copyOf(path);
    }

    /// Whether a request has a field at this path of names.
    static boolean exists(Descriptor request, String contractPath) {
        var message = request;
        for (var name : contractPath.split("\\.", -1)) {
            var field = message == null ? null : message.findFieldByName(name);
            if (field == null) {
                return false;
            }
            message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
        }
        return true;
    }

    private static void addIndex(List<String> path, FieldDescriptor field, String brackets) {
        if (field.isRepeated() && !field.isMapField() && brackets.length() > 2) {
            path.add(brackets.substring(1, brackets.length() - 1));
        }
    }
}
