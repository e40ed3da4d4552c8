package org.aula.bff.assignments;

import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.assignments.v1.LatePolicy;
import org.aula.api.assignments.v1.Rubric;
import org.aula.api.assignments.v1.RubricCriterion;
import org.aula.api.assignments.v1.RubricLevel;
import org.aula.bff.engine.Input;

/// Reads how work is handed in and graded.
final class FileAssignmentInputs {

    private FileAssignmentInputs() {}

    static FileAssignmentSettings settings(Input input) {
        var settings = FileAssignmentSettings.newBuilder()
                .setInstructions(input.text("instructions"))
                .setPoints(input.number("points"))
                .setPassingPercentage(input.fraction("passingPercentage"))
                .addAllFileExtensions(input.texts("fileExtensions"))
                .setMaxFileBytes(input.longNumber("maxFileBytes"))
                .setMaxFiles(input.number("maxFiles"))
                .setMaxSubmissions(input.number("maxSubmissions"))
                .setMandatory(input.flag("mandatory"));
        var openTime = input.time("openTime");
        if (openTime != null) {
            settings.setOpenTime(openTime);
        }
        var dueTime = input.time("dueTime");
        if (dueTime != null) {
            settings.setDueTime(dueTime);
        }
        var latePolicy = input.child("latePolicy");
        if (latePolicy != null) {
            settings.setLatePolicy(latePolicy(latePolicy));
        }
        var rubric = input.child("rubric");
        if (rubric != null) {
            settings.setRubric(Rubric.newBuilder()
                    .addAllCriteria(rubric.children("criteria").stream()
                            .map(FileAssignmentInputs::criterion)
                            .toList()));
        }
        return settings.build();
    }

    private static LatePolicy latePolicy(Input input) {
        var policy = LatePolicy.newBuilder()
                .setPenaltyPercentPerDay(input.fraction("penaltyPercentPerDay"))
                .setMaxPenaltyPercent(input.fraction("maxPenaltyPercent"));
        var cutOff = input.span("cutOff");
        if (cutOff != null) {
            policy.setCutOff(cutOff);
        }
        return policy.build();
    }

    private static RubricCriterion criterion(Input input) {
        return RubricCriterion.newBuilder()
                .setId(input.text("id"))
                .setTitle(input.text("title"))
                .setDescription(input.text("description"))
                .addAllLevels(input.children("levels").stream()
                        .map(FileAssignmentInputs::level)
                        .toList())
                .build();
    }

    private static RubricLevel level(Input input) {
        return RubricLevel.newBuilder()
                .setId(input.text("id"))
                .setTitle(input.text("title"))
                .setDescription(input.text("description"))
                .setPoints(input.number("points"))
                .build();
    }
}
