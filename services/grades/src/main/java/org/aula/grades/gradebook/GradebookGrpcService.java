package org.aula.grades.gradebook;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.AnalyzeQuizRequest;
import org.aula.api.grades.v1.AnalyzeQuizResponse;
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
import org.aula.grades.gradebook.GradeReader.LearnerGrade;
import org.aula.grades.gradebook.GradebookSettingsService.Placing;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.jspecify.annotations.Nullable;

/// `aula.grades.v1.GradebookService`.
@Singleton
final class GradebookGrpcService extends GradebookServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final int EXPORT = 1_000;

    private final GradeReader grades;
    private final GradebookSettingsService settings;
    private final PageTokens tokens;

    GradebookGrpcService(GradeReader grades, GradebookSettingsService settings, PageTokens tokens) {
        this.grades = grades;
        this.settings = settings;
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
        var placings = request.getItemsList().stream()
                .map(placing -> new Placing(UUID.fromString(placing.getItemId()), placing.getCategoryId()))
                .toList();
        var sheet = settings.update(
                courseId, request.getEtag(), before -> GradebookMapper.update(request, before), placings);
        return UpdateGradebookSettingsResponse.newBuilder()
                .setSettings(GradebookMapper.toProto(sheet))
                .build();
    }

    @Override
    protected GetMyGradeResponse getMyGrade(GetMyGradeRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        return GetMyGradeResponse.newBuilder()
                .setGrade(GradebookMapper.toProto(courseId, grades.getOwn(courseId)))
                .build();
    }

    @Override
    protected GetLearnerGradeResponse getLearnerGrade(GetLearnerGradeRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var grade = grades.get(courseId, UUID.fromString(request.getUserId()));
        return GetLearnerGradeResponse.newBuilder()
                .setGrade(GradebookMapper.toProto(courseId, grade))
                .build();
    }

    @Override
    protected ListGradesResponse listGrades(ListGradesRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var rows = grades.list(courseId, after(request, request.getPageToken()), size + 1)
                .learners();
        var page = Page.of(rows, size, tokens, request, GradebookGrpcService::key, request.getWithItemTokens());
        return ListGradesResponse.newBuilder()
                .addAllGrades(page.items().stream()
                        .map(grade -> GradebookMapper.toProto(courseId, grade))
                        .toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected ExportGradesResponse exportGrades(ExportGradesRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), EXPORT, EXPORT);
        var found = grades.list(courseId, after(request, request.getPageToken()), size + 1);
        var page = Page.of(found.learners(), size, tokens, request, GradebookGrpcService::key, false);
        var items = found.sheet().items();
        var csv = new StringBuilder(request.getPageToken().isEmpty() ? GradeTable.head(items) : "");
        page.items().forEach(learner -> csv.append(GradeTable.line(learner.grade(), items)));
        return ExportGradesResponse.newBuilder()
                .setCsv(csv.toString())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    @Override
    protected AnalyzeQuizResponse analyzeQuiz(AnalyzeQuizRequest request) {
        var analysis = grades.analyze(UUID.fromString(request.getQuizId()));
        return AnalyzeQuizResponse.newBuilder()
                .addAllQuestions(analysis.questions().stream()
                        .map(GradebookMapper::toProto)
                        .toList())
                .setLearnerCount(analysis.learners())
                .build();
    }

    /// The last learner of the page before; null for the first page.
    private @Nullable UUID after(Message request, String pageToken) {
        return tokens.open(request, pageToken)
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
    }

    private static List<String> key(LearnerGrade learner) {
        return List.of(learner.grade().userId().toString());
    }
}
