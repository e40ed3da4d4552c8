package org.aula.grades.gradebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.CategoryGrade;
import org.aula.api.grades.v1.CourseGrade;
import org.aula.api.grades.v1.GradeCategory;
import org.aula.api.grades.v1.GradeItem;
import org.aula.api.grades.v1.GradeItemKind;
import org.aula.api.grades.v1.ItemGrade;
import org.aula.api.grades.v1.ItemStanding;
import org.aula.api.grades.v1.LetterGrade;
import org.aula.api.grades.v1.QuestionAnalysis;
import org.aula.api.grades.v1.UpdateGradebookSettingsRequest;
import org.aula.grades.gradebook.GradeReader.LearnerGrade;
import org.aula.grades.gradebook.GradebookSettings.Category;
import org.aula.grades.gradebook.GradebookSettings.Letter;
import org.aula.kernel.proto.StoredJson;
import org.aula.kernel.time.Times;

/// Grades and what makes them, as messages. Rows keep categories and letters as one message of the
/// contract in JSON.
final class GradebookMapper {

    private GradebookMapper() {}

    static org.aula.api.grades.v1.GradebookSettings toProto(GradeSheet sheet) {
        var settings = sheet.settings();
        return kept(settings)
                .setCourseId(settings.courseId().toString())
                .setMissingCountsZero(settings.missingCountsZero())
                .addAllItems(sheet.items().stream()
                        .map(item -> GradeItem.newBuilder()
                                .setId(item.id().toString())
                                .setKind(toProto(item.kind()))
                                .setTitle(item.title())
                                .setMaxPoints(item.maxPoints().doubleValue())
                                .setCategoryId(item.categoryId() == null ? "" : item.categoryId())
                                .build())
                        .toList())
                .setEtag(Long.toString(settings.version()))
                .build();
    }

    /// What somebody wants, as the next state of what there is.
    static GradebookSettings update(UpdateGradebookSettingsRequest request, GradebookSettings before) {
        return new GradebookSettings(
                before.courseId(),
                categories(request.getCategoriesList()),
                letters(request.getLettersList()),
                request.getMissingCountsZero(),
                before.version() + 1);
    }

    static GradebookSettings fromRow(SettingsRow row) {
        return new GradebookSettings(
                row.courseId(),
                categories(parse(row.categories()).getCategoriesList()),
                letters(parse(row.letters()).getLettersList()),
                row.missingCountsZero(),
                row.version());
    }

    static SettingsRow toRow(GradebookSettings settings, Instant now) {
        return new SettingsRow(
                settings.courseId(),
                StoredJson.write(kept(settings).clearLetters()),
                StoredJson.write(kept(settings).clearCategories()),
                settings.missingCountsZero(),
                settings.version(),
                now);
    }

    private static org.aula.api.grades.v1.GradebookSettings.Builder kept(GradebookSettings settings) {
        var message = org.aula.api.grades.v1.GradebookSettings.newBuilder();
        settings.categories()
                .forEach(category -> message.addCategories(GradeCategory.newBuilder()
                        .setId(category.id())
                        .setName(category.name())
                        .setWeight(category.weight().doubleValue())
                        .setDropLowest(category.dropLowest())));
        settings.letters()
                .forEach(letter -> message.addLetters(LetterGrade.newBuilder()
                        .setLetter(letter.letter())
                        .setMinPercentage(letter.minPercentage().doubleValue())));
        return message;
    }

    private static List<Category> categories(List<GradeCategory> categories) {
        return categories.stream()
                .map(category -> new Category(
                        category.getId(), category.getName(), decimal(category.getWeight()), category.getDropLowest()))
                .toList();
    }

    private static List<Letter> letters(List<LetterGrade> letters) {
        return letters.stream()
                .map(letter -> new Letter(letter.getLetter(), decimal(letter.getMinPercentage())))
                .toList();
    }

    private static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
    }

    private static org.aula.api.grades.v1.GradebookSettings parse(String json) {
        return StoredJson.read(json, org.aula.api.grades.v1.GradebookSettings.newBuilder())
                .build();
    }

    static GradeItemKind toProto(Item.Kind kind) {
        return switch (kind) {
            case QUIZ -> GradeItemKind.GRADE_ITEM_KIND_QUIZ;
            case FILE_ASSIGNMENT -> GradeItemKind.GRADE_ITEM_KIND_FILE_ASSIGNMENT;
        };
    }

    /// @param row null for a learner who is not in the gradebook yet
    static CourseGrade toProto(UUID courseId, LearnerGrade learner) {
        var grade = learner.grade();
        var row = learner.row();
        var message = CourseGrade.newBuilder()
                .setCourseId(courseId.toString())
                .setUserId(grade.userId().toString())
                .setLetter(grade.letter())
                .setPoints(grade.points().doubleValue())
                .addAllCategories(grade.categories().stream()
                        .map(GradebookMapper::category)
                        .toList());
        var percentage = grade.percentage();
        if (percentage != null) {
            message.setGraded(true).setPercentage(percentage.doubleValue());
        }
        if (row != null) {
            message.setUpdateTime(Times.timestamp(row.updatedAt()));
        }
        return message.build();
    }

    private static CategoryGrade category(Grade.CategoryGrade category) {
        return CategoryGrade.newBuilder()
                .setCategoryId(category.categoryId())
                .setName(category.name())
                .setWeight(category.weight().doubleValue())
                .setEffectiveWeight(category.effectiveWeight().doubleValue())
                .setPercentage(category.percentage().doubleValue())
                .setContribution(category.contribution().doubleValue())
                .addAllItems(
                        category.items().stream().map(GradebookMapper::item).toList())
                .build();
    }

    private static ItemGrade item(Grade.ItemGrade grade) {
        var message = ItemGrade.newBuilder()
                .setItemId(grade.item().id().toString())
                .setTitle(grade.item().title())
                .setPoints(grade.points().doubleValue())
                .setMaxPoints(grade.maxPoints().doubleValue())
                .setStanding(standing(grade.standing()));
        var score = grade.score();
        if (score != null) {
            message.setRawPoints(score.rawPoints().doubleValue())
                    .setLatePenaltyPercent(score.latePenaltyPercent().doubleValue())
                    .setSourceId(score.sourceId().toString());
        }
        return message.build();
    }

    private static ItemStanding standing(Grade.Standing standing) {
        return switch (standing) {
            case COUNTED -> ItemStanding.ITEM_STANDING_COUNTED;
            case DROPPED -> ItemStanding.ITEM_STANDING_DROPPED;
            case MISSING -> ItemStanding.ITEM_STANDING_MISSING;
            case MISSING_ZERO -> ItemStanding.ITEM_STANDING_MISSING_ZERO;
            case UNCATEGORISED -> ItemStanding.ITEM_STANDING_UNCATEGORISED;
        };
    }

    static QuestionAnalysis toProto(ItemAnalysis analysis) {
        var message = QuestionAnalysis.newBuilder()
                .setQuestionId(analysis.questionId().toString())
                .setCount(analysis.count())
                .setAnswered(analysis.answered())
                .setDifficulty(analysis.difficulty());
        if (analysis.discrimination() != null) {
            message.setDiscrimination(analysis.discrimination());
        }
        return message.build();
    }
}
