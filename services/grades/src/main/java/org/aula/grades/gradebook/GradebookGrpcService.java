package org.aula.grades.gradebook;

import io.grpc.stub.StreamObserver;
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
import org.aula.api.grades.v1.GradebookServiceGrpc;
import org.aula.api.grades.v1.ListGradesRequest;
import org.aula.api.grades.v1.ListGradesResponse;
import org.aula.api.grades.v1.UpdateGradebookSettingsRequest;
import org.aula.api.grades.v1.UpdateGradebookSettingsResponse;
import org.aula.grades.course.Courses;
import org.aula.grades.gradebook.SettingsChange.Placing;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `aula.grades.v1.GradebookService`. Grades are worked out when they are read, so that nobody reads an old
/// one.
@Singleton
final class GradebookGrpcService extends GradebookServiceGrpc.GradebookServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;
    private static final int EXPORT = 1_000;

    private final Gradebook gradebook;
    private final GradebookRepository rows;
    private final SettingsChange change;
    private final AnalysisRepository analyses;
    private final QuizVersions quizVersions;
    private final Courses courses;
    private final Transactions transactions;
    private final Audit audit;
    private final PageTokens tokens;

    GradebookGrpcService(
            Gradebook gradebook,
            GradebookRepository rows,
            SettingsChange change,
            AnalysisRepository analyses,
            QuizVersions quizVersions,
            Courses courses,
            Transactions transactions,
            Audit audit,
            PageTokens tokens) {
        this.gradebook = gradebook;
        this.rows = rows;
        this.change = change;
        this.analyses = analyses;
        this.quizVersions = quizVersions;
        this.courses = courses;
        this.transactions = transactions;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    public void getGradebookSettings(
            GetGradebookSettingsRequest request, StreamObserver<GetGradebookSettingsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var sheet = transactions.read(handle -> {
            courses.requireTeacher(handle, courseId);
            return gradebook.sheet(handle, courseId);
        });
        Replies.send(
                observer,
                GetGradebookSettingsResponse.newBuilder()
                        .setSettings(GradebookMapper.toProto(sheet))
                        .build());
    }

    @Override
    public void updateGradebookSettings(
            UpdateGradebookSettingsRequest request, StreamObserver<UpdateGradebookSettingsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var places = request.getItemsList().stream()
                .map(place -> new Placing(UUID.fromString(place.getItemId()), place.getCategoryId()))
                .toList();
        var message = transactions.write(handle -> {
            courses.requireTeacher(handle, courseId);
            var before = GradebookMapper.toProto(gradebook.sheet(handle, courseId));
            var changed = change.run(
                    handle, courseId, request.getEtag(), settings -> GradebookMapper.update(request, settings), places);
            if (changed.isEmpty()) {
                audit.nothing();
                return before;
            }
            var after = GradebookMapper.toProto(changed.get());
            audit.record(handle, "gradebook", courseId, before, after);
            return after;
        });
        Replies.send(
                observer,
                UpdateGradebookSettingsResponse.newBuilder()
                        .setSettings(message)
                        .build());
    }

    @Override
    public void getMyGrade(GetMyGradeRequest request, StreamObserver<GetMyGradeResponse> observer) {
        var userId = CallScope.current().requireUser();
        var courseId = UUID.fromString(request.getCourseId());
        var message = transactions.read(handle -> {
            courses.requireEnrolled(handle, userId, courseId, Courses::notFound);
            return grade(handle, courseId, userId);
        });
        Replies.send(observer, GetMyGradeResponse.newBuilder().setGrade(message).build());
    }

    @Override
    public void getLearnerGrade(GetLearnerGradeRequest request, StreamObserver<GetLearnerGradeResponse> observer) {
        var userId = UUID.fromString(request.getUserId());
        var courseId = UUID.fromString(request.getCourseId());
        var message = transactions.read(handle -> {
            courses.requireTeacher(handle, courseId);
            if (!courses.isLearner(handle, userId, courseId)) {
                throw Errors.notFound(
                        ErrorReason.ERROR_REASON_LEARNER_NOT_FOUND, "the course has no learner " + userId);
            }
            return grade(handle, courseId, userId);
        });
        Replies.send(
                observer, GetLearnerGradeResponse.newBuilder().setGrade(message).build());
    }

    private CourseGrade grade(Handle handle, UUID courseId, UUID userId) {
        var sheet = gradebook.sheet(handle, courseId);
        var grade = gradebook.grades(handle, courseId, sheet, List.of(userId)).getFirst();
        return GradebookMapper.toProto(
                courseId, grade, rows.find(handle, courseId, userId).orElse(null));
    }

    /// Learners of one page, and what they have.
    private record Part(GradeSheet sheet, Page<GradebookRow> page, List<Grade> grades) {}

    private Part part(
            com.google.protobuf.Message request, UUID courseId, String pageToken, int size, boolean withItemTokens) {
        var after = tokens.open(request, pageToken)
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        return transactions.read(handle -> part(handle, request, courseId, after, size, withItemTokens));
    }

    private Part part(
            Handle handle,
            com.google.protobuf.Message request,
            UUID courseId,
            @Nullable UUID after,
            int size,
            boolean withItemTokens) {
        courses.requireTeacher(handle, courseId);
        var found = rows.list(handle, courseId, after, size + 1);
        var page = Page.of(
                found, size, tokens, request, row -> List.of(row.userId().toString()), withItemTokens);
        var sheet = gradebook.sheet(handle, courseId);
        var userIds = page.items().stream().map(GradebookRow::userId).toList();
        return new Part(sheet, page, gradebook.grades(handle, courseId, sheet, userIds));
    }

    @Override
    public void listGrades(ListGradesRequest request, StreamObserver<ListGradesResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var part = part(request, courseId, request.getPageToken(), size, request.getWithItemTokens());
        var messages = IntStream.range(0, part.grades().size())
                .mapToObj(index -> GradebookMapper.toProto(
                        courseId, part.grades().get(index), part.page().items().get(index)))
                .toList();
        Replies.send(
                observer,
                ListGradesResponse.newBuilder()
                        .addAllGrades(messages)
                        .setNextPageToken(part.page().nextPageToken())
                        .addAllItemTokens(part.page().itemTokens())
                        .build());
    }

    @Override
    public void exportGrades(ExportGradesRequest request, StreamObserver<ExportGradesResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), EXPORT, EXPORT);
        var part = part(request, courseId, request.getPageToken(), size, false);
        var items = part.sheet().items();
        var csv = new StringBuilder(request.getPageToken().isEmpty() ? GradeTable.head(items) : "");
        part.grades().forEach(grade -> csv.append(GradeTable.line(grade, items)));
        Replies.send(
                observer,
                ExportGradesResponse.newBuilder()
                        .setCsv(csv.toString())
                        .setNextPageToken(part.page().nextPageToken())
                        .build());
    }

    @Override
    public void analyzeQuiz(AnalyzeQuizRequest request, StreamObserver<AnalyzeQuizResponse> observer) {
        var quizId = UUID.fromString(request.getQuizId());
        var answer = AnalyzeQuizResponse.newBuilder();
        transactions.read(handle -> {
            var quiz = quizVersions.find(handle, quizId).orElseThrow(GradebookGrpcService::quizNotFound);
            courses.requireTeacher(handle, quiz.courseId(), GradebookGrpcService::quizNotFound);
            analyses.list(handle, quizId).forEach(one -> answer.addQuestions(GradebookMapper.toProto(one)));
            return answer.setLearnerCount(analyses.countLearners(handle, quizId));
        });
        Replies.send(observer, answer.build());
    }

    private static ServiceException quizNotFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, "there is no such quiz");
    }
}
