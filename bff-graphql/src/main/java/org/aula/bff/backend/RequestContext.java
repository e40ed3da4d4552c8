package org.aula.bff.backend;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc;
import org.aula.api.analytics.v1.AnalyticsServiceGrpc.AnalyticsServiceFutureStub;
import org.aula.api.analytics.v1.AuditServiceGrpc;
import org.aula.api.analytics.v1.AuditServiceGrpc.AuditServiceFutureStub;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.DrawServiceGrpc.DrawServiceFutureStub;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc.FileAssignmentServiceFutureStub;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc.QuestionBankServiceFutureStub;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.QuestionServiceGrpc.QuestionServiceFutureStub;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.assignments.v1.QuizServiceGrpc.QuizServiceFutureStub;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.AccessServiceGrpc.AccessServiceFutureStub;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AccountServiceGrpc.AccountServiceFutureStub;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.AuthServiceGrpc.AuthServiceFutureStub;
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.api.auth.v1.SecondFactorServiceGrpc.SecondFactorServiceFutureStub;
import org.aula.api.auth.v1.SessionServiceGrpc;
import org.aula.api.auth.v1.SessionServiceGrpc.SessionServiceFutureStub;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceFutureStub;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.CategoryServiceGrpc.CategoryServiceFutureStub;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CourseServiceGrpc.CourseServiceFutureStub;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.LessonServiceGrpc.LessonServiceFutureStub;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.api.courses.v1.ReviewServiceGrpc.ReviewServiceFutureStub;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.SectionServiceGrpc.SectionServiceFutureStub;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.api.courses.v1.TagServiceGrpc.TagServiceFutureStub;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc.BulkEnrollmentServiceFutureStub;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.CertificateServiceGrpc.CertificateServiceFutureStub;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc.EnrollmentServiceFutureStub;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.ProgressServiceGrpc.ProgressServiceFutureStub;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc.WaitlistServiceFutureStub;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.AttemptServiceGrpc.AttemptServiceFutureStub;
import org.aula.api.grades.v1.GradebookServiceGrpc;
import org.aula.api.grades.v1.GradebookServiceGrpc.GradebookServiceFutureStub;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.GradingServiceGrpc.GradingServiceFutureStub;
import org.aula.api.grades.v1.LeaderboardServiceGrpc;
import org.aula.api.grades.v1.LeaderboardServiceGrpc.LeaderboardServiceFutureStub;
import org.aula.api.grades.v1.SubmissionServiceGrpc;
import org.aula.api.grades.v1.SubmissionServiceGrpc.SubmissionServiceFutureStub;
import org.aula.api.notifications.v1.DeliveryServiceGrpc;
import org.aula.api.notifications.v1.DeliveryServiceGrpc.DeliveryServiceFutureStub;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserServiceGrpc.UserServiceFutureStub;
import org.aula.kernel.client.Channels;
import org.jspecify.annotations.Nullable;

/// One GraphQL request on its way: whose it is, how long it may take, and the stubs that carry that to the
/// services. It is handed on explicitly and never lives in a thread.
public final class RequestContext {

    /// The longest that a request may take, in seconds.
    public static final int LONGEST_SECONDS = 15;

    private final Channels channels;
    private final String requestId;
    private final ClientHeaders client;
    private final Calls calls;
    private volatile boolean lessonProgressWanted;
    private volatile int cost;

    /// @param channels ways to the services
    /// @param requestId the id under which logs and errors name this request
    /// @param client what came with the request
    public RequestContext(Channels channels, String requestId, ClientHeaders client) {
        this.channels = channels;
        this.requestId = requestId;
        this.client = client;
        this.calls = new Calls(requestId, client, Deadline.after(LONGEST_SECONDS, TimeUnit.SECONDS));
    }

    /// The id under which logs and errors name this request.
    public String requestId() {
        return requestId;
    }

    /// Whether somebody claims to be signed in. The services verify it.
    public boolean isSignedIn() {
        return client.authorization() != null;
    }

    /// The user id in the bearer token, not verified: good to ask with, not to decide by. Null without a
    /// token that can be read.
    public @Nullable String claimedUserId() {
        var authorization = client.authorization();
        return authorization == null ? null : BearerToken.subject(authorization);
    }

    /// gRPC calls made so far.
    public int grpcCalls() {
        return calls.count();
    }

    /// What the request costs, see `RequestCost`.
    public int cost() {
        return cost;
    }

    /// Notes what reading the document has told.
    ///
    /// @param cost what the request costs
    /// @param lessonProgressWanted whether any field asks for progress by lesson
    public void noteDocument(int cost, boolean lessonProgressWanted) {
        this.cost = cost;
        this.lessonProgressWanted = lessonProgressWanted;
    }

    /// Whether enrollments are to be read with their progress by lesson.
    public boolean lessonProgressWanted() {
        return lessonProgressWanted;
    }

    /// Ends what is under way, because nobody waits for it any more.
    public void cancel() {
        calls.cancel();
    }

    /// Where the request is to be worked on, so that its batches come out whole.
    public Executor oneAtATime() {
        return calls.oneAtATime();
    }

    /// The answer of a call that was begun with one of the stubs.
    public <T> CompletableFuture<T> answer(ListenableFuture<T> call) {
        return calls.track(call);
    }

    public AuthServiceFutureStub auth() {
        return AuthServiceGrpc.newFutureStub(channel("auth"));
    }

    public AccountServiceFutureStub accounts() {
        return AccountServiceGrpc.newFutureStub(channel("auth"));
    }

    public SessionServiceFutureStub sessions() {
        return SessionServiceGrpc.newFutureStub(channel("auth"));
    }

    public SecondFactorServiceFutureStub secondFactors() {
        return SecondFactorServiceGrpc.newFutureStub(channel("auth"));
    }

    public AccessServiceFutureStub access() {
        return AccessServiceGrpc.newFutureStub(channel("auth"));
    }

    public UserServiceFutureStub users() {
        return UserServiceGrpc.newFutureStub(channel("users"));
    }

    public CourseServiceFutureStub courses() {
        return CourseServiceGrpc.newFutureStub(channel("courses"));
    }

    public SectionServiceFutureStub sections() {
        return SectionServiceGrpc.newFutureStub(channel("courses"));
    }

    public LessonServiceFutureStub lessons() {
        return LessonServiceGrpc.newFutureStub(channel("courses"));
    }

    public CategoryServiceFutureStub categories() {
        return CategoryServiceGrpc.newFutureStub(channel("courses"));
    }

    public TagServiceFutureStub tags() {
        return TagServiceGrpc.newFutureStub(channel("courses"));
    }

    public ReviewServiceFutureStub reviews() {
        return ReviewServiceGrpc.newFutureStub(channel("courses"));
    }

    public ContentServiceFutureStub content() {
        return ContentServiceGrpc.newFutureStub(channel("content"));
    }

    public EnrollmentServiceFutureStub enrollments() {
        return EnrollmentServiceGrpc.newFutureStub(channel("enrollments"));
    }

    public ProgressServiceFutureStub progress() {
        return ProgressServiceGrpc.newFutureStub(channel("enrollments"));
    }

    public WaitlistServiceFutureStub waitlists() {
        return WaitlistServiceGrpc.newFutureStub(channel("enrollments"));
    }

    public BulkEnrollmentServiceFutureStub enrollmentLists() {
        return BulkEnrollmentServiceGrpc.newFutureStub(channel("enrollments"));
    }

    public CertificateServiceFutureStub certificates() {
        return CertificateServiceGrpc.newFutureStub(channel("enrollments"));
    }

    public QuizServiceFutureStub quizzes() {
        return QuizServiceGrpc.newFutureStub(channel("assignments"));
    }

    public QuestionServiceFutureStub questions() {
        return QuestionServiceGrpc.newFutureStub(channel("assignments"));
    }

    public QuestionBankServiceFutureStub questionBanks() {
        return QuestionBankServiceGrpc.newFutureStub(channel("assignments"));
    }

    public DrawServiceFutureStub draws() {
        return DrawServiceGrpc.newFutureStub(channel("assignments"));
    }

    public FileAssignmentServiceFutureStub fileAssignments() {
        return FileAssignmentServiceGrpc.newFutureStub(channel("assignments"));
    }

    public AttemptServiceFutureStub attempts() {
        return AttemptServiceGrpc.newFutureStub(channel("grades"));
    }

    public GradingServiceFutureStub grading() {
        return GradingServiceGrpc.newFutureStub(channel("grades"));
    }

    public GradebookServiceFutureStub gradebook() {
        return GradebookServiceGrpc.newFutureStub(channel("grades"));
    }

    public SubmissionServiceFutureStub submissions() {
        return SubmissionServiceGrpc.newFutureStub(channel("grades"));
    }

    public LeaderboardServiceFutureStub leaderboards() {
        return LeaderboardServiceGrpc.newFutureStub(channel("grades"));
    }

    public AnalyticsServiceFutureStub analytics() {
        return AnalyticsServiceGrpc.newFutureStub(channel("analytics"));
    }

    public AuditServiceFutureStub audit() {
        return AuditServiceGrpc.newFutureStub(channel("analytics"));
    }

    public DeliveryServiceFutureStub deliveries() {
        return DeliveryServiceGrpc.newFutureStub(channel("notifications"));
    }

    private Channel channel(String service) {
        return ClientInterceptors.intercept(channels.channel(service), calls);
    }
}
