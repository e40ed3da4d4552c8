package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.aula.api.grades.v1.AnalyzeQuizRequest;
import org.aula.api.grades.v1.AnalyzeQuizResponse;
import org.aula.api.grades.v1.CourseGrade;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.ExportGradesRequest;
import org.aula.api.grades.v1.ExportGradesResponse;
import org.aula.api.grades.v1.GetGradebookSettingsRequest;
import org.aula.api.grades.v1.GetGradebookSettingsResponse;
import org.aula.api.grades.v1.GetLearnerGradeRequest;
import org.aula.api.grades.v1.GetLearnerGradeResponse;
import org.aula.api.grades.v1.GetMyGradeRequest;
import org.aula.api.grades.v1.GetMyGradeResponse;
import org.aula.api.grades.v1.GradebookServiceHandler;
import org.aula.api.grades.v1.ListGradesRequest;
import org.aula.api.grades.v1.ListGradesResponse;
import org.aula.api.grades.v1.UpdateGradebookSettingsRequest;
import org.aula.api.grades.v1.UpdateGradebookSettingsResponse;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.KnownCourse;
import org.aula.grades.course.CourseErrors;
import org.aula.grades.gradebook.GradebookSettingsService.Placing;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// `aula.grades.v1.GradebookService`. Grades are worked out when they are read, so that nobody reads an old
/// one.
@Singleton
final class GradebookGrpcService extends GradebookServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final int EXPORT = 1_000;

    private final Gradebook gradebook;
    private final GradebookRepository rows;
    private final GradebookSettingsService settings;
    private final AnalysisRepository analyses;
    private final QuizVersions quizVersions;
    private final CourseGuard courses;
    private final Database database;
    private final PageTokens tokens;

    GradebookGrpcService(
            Gradebook gradebook,
            GradebookRepository rows,
            GradebookSettingsService settings,
            AnalysisRepository analyses,
            QuizVersions quizVersions,
            CourseGuard courses,
            Database database,
            PageTokens tokens) {
        this.gradebook = gradebook;
        this.rows = rows;
        this.settings = settings;
        this.analyses = analyses;
        this.quizVersions = quizVersions;
        this.courses = courses;
        this.database = database;
        this.tokens = tokens;
    }

    @Override
    protected GetGradebookSettingsResponse getGradebookSettings(GetGradebookSettingsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        return GetGradebookSettingsResponse.newBuilder()
                .setSettings(GradebookMapper.toProto(settings.get(courseId)))
                .build();
    }

    @Override
    protected UpdateGradebookSettingsResponse updateGradebookSettings(UpdateGradebookSettingsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var places = request.getItemsList().stream()
                .map(place -> new Placing(UUID.fromString(place.getItemId()), place.getCategoryId()))
                .toList();
        var sheet =
                settings.update(courseId, request.getEtag(), before -> GradebookMapper.update(request, before), places);
        return UpdateGradebookSettingsResponse.newBuilder()
                .setSettings(GradebookMapper.toProto(sheet))
                .build();
    }

    @Override
    protected GetMyGradeResponse getMyGrade(GetMyGradeRequest request) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        var message = database.query(() -> {
            courses.requireEnrolled(courseId, CourseErrors::notFound, CourseErrors::enrollmentRequired);
            return grade(courseId, userId);
        });
        return GetMyGradeResponse.newBuilder().setGrade(message).build();
    }

    @Override
    protected GetLearnerGradeResponse getLearnerGrade(GetLearnerGradeRequest request) {
        var userId = UUID.fromString(request.getUserId());
        var courseId = UUID.fromString(request.getCourseId());
        var message = database.query(() -> {
            courses.requireTeacher(courseId, CourseErrors::notFound);
            if (!isLearner(userId, courseId)) {
                throw Errors.notFound(
                        ErrorReason.ERROR_REASON_LEARNER_NOT_FOUND, "the course has no learner " + userId);
            }
            return grade(courseId, userId);
        });
        return GetLearnerGradeResponse.newBuilder().setGrade(message).build();
    }

    /// Whether somebody is or was enrolled in a course.
    private boolean isLearner(UUID userId, UUID courseId) {
        return courses.find(courseId, userId).map(KnownCourse::enrollmentId).isPresent();
    }

    private CourseGrade grade(UUID courseId, UUID userId) {
        var sheet = gradebook.sheet(courseId);
        var grade = gradebook.grades(courseId, sheet, List.of(userId)).getFirst();
        return GradebookMapper.toProto(
                courseId, grade, rows.find(courseId, userId).orElse(null));
    }

    /// Learners of one page, and what they have.
    private record Part(GradeSheet sheet, Page<GradebookRow> page, List<Grade> grades) {}

    private Part part(
            com.google.protobuf.Message request, UUID courseId, String pageToken, int size, boolean withItemTokens) {
        var after = tokens.open(request, pageToken)
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        return database.query(() -> part(request, courseId, after, size, withItemTokens));
    }

    private Part part(
            com.google.protobuf.Message request,
            UUID courseId,
            @Nullable UUID after,
            int size,
            boolean withItemTokens) {
        courses.requireTeacher(courseId, CourseErrors::notFound);
        var found = rows.list(courseId, after, size + 1);
        var page = Page.of(
                found, size, tokens, request, row -> List.of(row.userId().toString()), withItemTokens);
        var sheet = gradebook.sheet(courseId);
        var userIds = page.items().stream().map(GradebookRow::userId).toList();
        return new Part(sheet, page, gradebook.grades(courseId, sheet, userIds));
    }

    @Override
    protected ListGradesResponse listGrades(ListGradesRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var part = part(request, courseId, request.getPageToken(), size, request.getWithItemTokens());
        var messages = IntStream.range(0, part.grades().size())
                .mapToObj(index -> GradebookMapper.toProto(
                        courseId, part.grades().get(index), part.page().items().get(index)))
                .toList();
        return ListGradesResponse.newBuilder()
                .addAllGrades(messages)
                .setNextPageToken(part.page().nextPageToken())
                .addAllItemTokens(part.page().itemTokens())
                .build();
    }

    @Override
    protected ExportGradesResponse exportGrades(ExportGradesRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), EXPORT, EXPORT);
        var part = part(request, courseId, request.getPageToken(), size, false);
        var items = part.sheet().items();
        var csv = new StringBuilder(request.getPageToken().isEmpty() ? GradeTable.head(items) : "");
        part.grades().forEach(grade -> csv.append(GradeTable.line(grade, items)));
        return ExportGradesResponse.newBuilder()
                .setCsv(csv.toString())
                .setNextPageToken(part.page().nextPageToken())
                .build();
    }

    @Override
    protected AnalyzeQuizResponse analyzeQuiz(AnalyzeQuizRequest request) {
        var quizId = UUID.fromString(request.getQuizId());
        var answer = AnalyzeQuizResponse.newBuilder();
        database.query(() -> {
            var quiz = quizVersions.require(quizId);
            courses.requireTeacher(quiz.courseId(), QuizVersions::notFound);
            analyses.list(quizId).forEach(one -> answer.addQuestions(GradebookMapper.toProto(one)));
            return answer.setLearnerCount(analyses.countLearners(quizId));
        });
        return answer.build();
    }
}
