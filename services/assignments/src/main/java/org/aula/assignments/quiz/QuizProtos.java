package org.aula.assignments.quiz;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.FieldMaskUtil;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuizRequest;
import org.aula.api.assignments.v1.QuizStatus;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.api.common.v1.ErrorReason;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.html.SafeHtml;
import org.aula.kernel.error.Errors;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Quizzes to and from messages. HTML is made safe on its way in.
final class QuizProtos {

    private static final FieldMaskUtil.MergeOptions REPLACE = new FieldMaskUtil.MergeOptions()
            .setReplaceMessageFields(true)
            .setReplaceRepeatedFields(true);

    private QuizProtos() {}

    static Quiz created(CreateQuizRequest request, Instant now) {
        Refusals.requireText("title", request.getTitle());
        return Quiz.created(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getCourseId()),
                id(request.getLessonId()),
                request.getTitle(),
                request.getDescription(),
                now);
    }

    /// A quiz after what the mask names was changed.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static Quiz changed(Quiz before, UpdateQuizRequest request, Instant now) {
        var wanted = org.aula.api.assignments.v1.Quiz.newBuilder()
                .setTitle(request.getTitle())
                .setDescription(request.getDescription())
                .setLessonId(request.getLessonId())
                .setSettings(request.getSettings())
                .build();
        var merged = message(before).toBuilder();
        FieldMaskUtil.merge(request.getUpdateMask(), wanted, merged, REPLACE);
        Refusals.requireText("title", merged.getTitle());
        return before.edited(
                id(merged.getLessonId()),
                merged.getTitle(),
                merged.getDescription(),
                settings(merged.getSettings()),
                now);
    }

    static org.aula.api.assignments.v1.Quiz message(Quiz quiz) {
        var message = org.aula.api.assignments.v1.Quiz.newBuilder()
                .setId(quiz.id().toString())
                .setCourseId(quiz.courseId().toString())
                .setLessonId(text(quiz.lessonId()))
                .setTitle(quiz.title())
                .setDescription(quiz.description())
                .setSettings(message(quiz.settings()))
                .setTotalPoints(quiz.totalPoints())
                .setQuestionCount(quiz.questionCount())
                .setStatus(QuizStatus.valueOf("QUIZ_STATUS_" + quiz.status().name()))
                .setPublishedVersion(quiz.publishedVersion())
                .setCreateTime(Times.timestamp(quiz.createdAt()))
                .setUpdateTime(Times.timestamp(quiz.updatedAt()))
                .setEtag(Long.toString(quiz.version()));
        var publishedAt = quiz.publishedAt();
        if (publishedAt != null) {
            message.setPublishTime(Times.timestamp(publishedAt));
        }
        return message.build();
    }

    static org.aula.api.assignments.v1.QuizSettings message(QuizSettings settings) {
        var message = org.aula.api.assignments.v1.QuizSettings.newBuilder()
                .setInstructions(settings.instructions())
                .setPassingPercentage(settings.passingPercentage().doubleValue())
                .setMaxAttempts(settings.maxAttempts())
                .setShuffleQuestions(settings.shuffleQuestions())
                .setShuffleOptions(settings.shuffleOptions())
                .setShowAnswers(org.aula.api.assignments.v1.ShowAnswers.valueOf(
                        "SHOW_ANSWERS_" + settings.showAnswers().name()))
                .setMandatory(settings.mandatory());
        var limit = settings.timeLimit();
        if (limit != null) {
            message.setTimeLimit(Times.duration(limit));
        }
        var openAt = settings.openAt();
        if (openAt != null) {
            message.setOpenTime(Times.timestamp(openAt));
        }
        var closeAt = settings.closeAt();
        if (closeAt != null) {
            message.setCloseTime(Times.timestamp(closeAt));
        }
        return message.build();
    }

    static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }

    private static QuizSettings settings(org.aula.api.assignments.v1.QuizSettings message) {
        var settings = new QuizSettings(
                SafeHtml.of(message.getInstructions()),
                hundredths(message.getPassingPercentage()),
                message.hasTimeLimit() ? wholeSeconds(Times.duration(message.getTimeLimit())) : null,
                message.getMaxAttempts(),
                message.hasOpenTime() ? instant(message.getOpenTime()) : null,
                message.hasCloseTime() ? instant(message.getCloseTime()) : null,
                message.getShuffleQuestions(),
                message.getShuffleOptions(),
                showAnswers(message.getShowAnswers()),
                message.getMandatory());
        if (settings.openAt() != null
                && settings.closeAt() != null
                && !settings.closeAt().isAfter(settings.openAt())) {
            throw invalid("settings.close_time", "must be after open_time");
        }
        return settings;
    }

    private static BigDecimal hundredths(double percentage) {
        try {
            return BigDecimal.valueOf(percentage).setScale(2, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException tooExact) {
            throw invalid("settings.passing_percentage", "must have two decimals at most");
        }
    }

    private static Duration wholeSeconds(Duration limit) {
        if (limit.getNano() != 0) {
            throw invalid("settings.time_limit", "must be whole seconds");
        }
        return limit;
    }

    /// As exact as the database keeps it.
    private static Instant instant(Timestamp timestamp) {
        return Times.instant(timestamp).truncatedTo(ChronoUnit.MICROS);
    }

    private static ShowAnswers showAnswers(org.aula.api.assignments.v1.ShowAnswers rule) {
        return switch (rule) {
            case SHOW_ANSWERS_AFTER_SUBMIT -> ShowAnswers.AFTER_SUBMIT;
            case SHOW_ANSWERS_AFTER_CLOSE -> ShowAnswers.AFTER_CLOSE;
            case SHOW_ANSWERS_AFTER_PASS -> ShowAnswers.AFTER_PASS;
            case SHOW_ANSWERS_NEVER, SHOW_ANSWERS_UNSPECIFIED, UNRECOGNIZED -> ShowAnswers.NEVER;
        };
    }

    private static @Nullable UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    private static RuntimeException invalid(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }
}
