package org.aula.assignments.quiz;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.util.FieldMaskUtil;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateQuizRequest;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.assignments.v1.QuizStatus;
import org.aula.api.assignments.v1.UpdateQuizRequest;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.course.SettingsMapper;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.draft.QuizSettings;
import org.aula.assignments.draft.ShowAnswers;
import org.aula.assignments.html.SafeHtml;
import org.aula.kernel.time.Times;

/// Quizzes to and from messages. HTML is made safe on its way in.
final class QuizMapper {

    private QuizMapper() {}

    static Quiz create(CreateQuizRequest request, Instant now) {
        Refusals.requireText("title", request.getTitle());
        return Quiz.created(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getCourseId()),
                SettingsMapper.id(request.getLessonId()),
                request.getTitle(),
                request.getDescription(),
                now);
    }

    /// A quiz that is made with its questions, before they are counted.
    static Quiz create(NewQuiz asked, UUID courseId, Instant now) {
        Refusals.requireText("quizzes.title", asked.getTitle());
        return Quiz.created(
                UuidCreator.getTimeOrderedEpoch(),
                courseId,
                SettingsMapper.id(asked.getLessonId()),
                asked.getTitle(),
                asked.getDescription(),
                now);
    }

    /// A quiz after what the mask names was changed.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static Quiz update(Quiz before, UpdateQuizRequest request, Instant now) {
        var wanted = org.aula.api.assignments.v1.Quiz.newBuilder()
                .setTitle(request.getTitle())
                .setDescription(request.getDescription())
                .setLessonId(request.getLessonId())
                .setSettings(request.getSettings())
                .build();
        var merged = toProto(before).toBuilder();
        FieldMaskUtil.merge(request.getUpdateMask(), wanted, merged, SettingsMapper.REPLACE);
        Refusals.requireText("title", merged.getTitle());
        return before.edited(
                SettingsMapper.id(merged.getLessonId()),
                merged.getTitle(),
                merged.getDescription(),
                fromProto(merged.getSettings()),
                now);
    }

    static org.aula.api.assignments.v1.Quiz toProto(Quiz quiz) {
        var message = org.aula.api.assignments.v1.Quiz.newBuilder()
                .setId(quiz.id().toString())
                .setCourseId(quiz.courseId().toString())
                .setLessonId(SettingsMapper.text(quiz.lessonId()))
                .setTitle(quiz.title())
                .setDescription(quiz.description())
                .setSettings(toProto(quiz.settings()))
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

    static org.aula.api.assignments.v1.QuizSettings toProto(QuizSettings settings) {
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

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static QuizSettings fromProto(org.aula.api.assignments.v1.QuizSettings message) {
        var settings = new QuizSettings(
                SafeHtml.of(message.getInstructions()),
                SettingsMapper.hundredths("settings.passing_percentage", message.getPassingPercentage()),
                message.hasTimeLimit()
                        ? SettingsMapper.wholeSeconds("settings.time_limit", message.getTimeLimit())
                        : null,
                message.getMaxAttempts(),
                message.hasOpenTime() ? SettingsMapper.instant(message.getOpenTime()) : null,
                message.hasCloseTime() ? SettingsMapper.instant(message.getCloseTime()) : null,
                message.getShuffleQuestions(),
                message.getShuffleOptions(),
                showAnswers(message.getShowAnswers()),
                message.getMandatory());
        if (settings.openAt() != null
                && settings.closeAt() != null
                && !settings.closeAt().isAfter(settings.openAt())) {
            throw SettingsMapper.invalid("settings.close_time", "must be after open_time");
        }
        return settings;
    }

    private static ShowAnswers showAnswers(org.aula.api.assignments.v1.ShowAnswers rule) {
        return switch (rule) {
            case SHOW_ANSWERS_AFTER_SUBMIT -> ShowAnswers.AFTER_SUBMIT;
            case SHOW_ANSWERS_AFTER_CLOSE -> ShowAnswers.AFTER_CLOSE;
            case SHOW_ANSWERS_AFTER_PASS -> ShowAnswers.AFTER_PASS;
            case SHOW_ANSWERS_NEVER, SHOW_ANSWERS_UNSPECIFIED, UNRECOGNIZED -> ShowAnswers.NEVER;
        };
    }
}
