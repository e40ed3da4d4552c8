package org.aula.bff.grades;

import java.util.Map;
import org.aula.api.grades.v1.GradeCategory;
import org.aula.api.grades.v1.ItemCategory;
import org.aula.api.grades.v1.LetterGrade;
import org.aula.api.grades.v1.RebuildLeaderboardRequest;
import org.aula.api.grades.v1.UpdateGradebookSettingsRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// How grades are made.
final class GradebookMutations {

    private static final String[] ITEM = {"GradeItem", "Quiz", "LearnerQuiz", "FileAssignment", "LearnerFileAssignment"
    };

    private GradebookMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "updateGradebookSettings",
                UpdateGradebookSettingsRequest.getDefaultInstance(),
                input -> UpdateGradebookSettingsRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .setEtag(input.text("etag"))
                        .addAllCategories(input.children("categories").stream()
                                .map(GradebookMutations::category)
                                .toList())
                        .addAllLetters(input.children("letters").stream()
                                .map(GradebookMutations::letter)
                                .toList())
                        .setMissingCountsZero(input.flag("missingCountsZero"))
                        .addAllItems(input.children("items").stream()
                                .map(GradebookMutations::item)
                                .toList())
                        .build(),
                (request, message) -> request.gradebook().updateGradebookSettings(message),
                answer -> Map.of("settings", answer.getSettings())));
        wiring.mutation(new Mutation<>(
                "rebuildLeaderboard",
                RebuildLeaderboardRequest.getDefaultInstance(),
                input -> RebuildLeaderboardRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .build(),
                (request, message) -> request.leaderboards().rebuildLeaderboard(message),
                answer -> Map.of("learnerCount", answer.getLearnerCount())));
    }

    private static GradeCategory category(Input input) {
        return GradeCategory.newBuilder()
                .setId(input.text("id"))
                .setName(input.text("name"))
                .setWeight(input.fraction("weight"))
                .setDropLowest(input.number("dropLowest"))
                .build();
    }

    private static LetterGrade letter(Input input) {
        return LetterGrade.newBuilder()
                .setLetter(input.text("letter"))
                .setMinPercentage(input.fraction("minPercentage"))
                .build();
    }

    private static ItemCategory item(Input input) {
        return ItemCategory.newBuilder()
                .setItemId(input.id("itemId", ITEM))
                .setCategoryId(input.text("categoryId"))
                .build();
    }
}
