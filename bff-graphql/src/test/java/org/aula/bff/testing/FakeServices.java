package org.aula.bff.testing;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.aula.api.analytics.v1.AuditServiceGrpc;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetJwksRequest;
import org.aula.api.auth.v1.GetJwksResponse;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.GetMeResponse;
import org.aula.api.auth.v1.OAuthServiceGrpc;
import org.aula.api.auth.v1.PartnerServiceGrpc;
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.api.auth.v1.SessionServiceGrpc;
import org.aula.api.common.v1.Money;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.AssetState;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.Download;
import org.aula.api.courses.v1.BatchGetCoursesRequest;
import org.aula.api.courses.v1.BatchGetCoursesResponse;
import org.aula.api.courses.v1.BatchListLessonsRequest;
import org.aula.api.courses.v1.BatchListLessonsResponse;
import org.aula.api.courses.v1.BatchListSectionsRequest;
import org.aula.api.courses.v1.BatchListSectionsResponse;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.CreateCourseResponse;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.GetLessonContentResponse;
import org.aula.api.courses.v1.GetLessonRequest;
import org.aula.api.courses.v1.GetLessonResponse;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.LessonServiceGrpc;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ListCoursesResponse;
import org.aula.api.courses.v1.MediaBlock;
import org.aula.api.courses.v1.ReviewServiceGrpc;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SectionList;
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.api.courses.v1.Tag;
import org.aula.api.courses.v1.TagServiceGrpc;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.api.courses.v1.UpdateCourseResponse;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsRequest;
import org.aula.api.enrollments.v1.BatchGetMyEnrollmentsResponse;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.WaitlistServiceGrpc;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.GradebookServiceGrpc;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.LeaderboardServiceGrpc;
import org.aula.api.grades.v1.SubmissionServiceGrpc;
import org.aula.api.notifications.v1.DeliveryServiceGrpc;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.BatchGetUserSummariesResponse;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserSummary;

/// Fake services that speak the wire contract: every course exists, with 50 sections of 20 lessons. They
/// decide nothing: they are there to count calls and to refuse on demand.
final class FakeServices {

    static final int SECTIONS = 50;
    static final int LESSONS = 20;

    /// Requests that came, in order.
    final List<Object> requests = new CopyOnWriteArrayList<>();

    private final Map<Class<?>, Function<Message, Message>> answers = new ConcurrentHashMap<>();

    /// Makes the answers to requests of other types of empty ones.
    volatile UnaryOperator<Message> otherwise = UnaryOperator.identity();

    /// Server streams that were opened, in order.
    final List<FakeStream> streams = new CopyOnWriteArrayList<>();

    /// Told of each stream that is opened.
    volatile Consumer<FakeStream> onStream = stream -> {};

    /// What the next changing call is refused with.
    volatile io.grpc.@org.jspecify.annotations.Nullable StatusRuntimeException refusal;

    /// When set, refusable calls get no answer, and this counts down when one is cancelled.
    volatile @org.jspecify.annotations.Nullable CountDownLatch cancelled;

    FakeServices() {
        forget();
    }

    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    Map<String, List<BindableService>> services() {
        return Map.of(
                "auth",
                        List.of(
                                answering(AuthServiceGrpc.getServiceDescriptor()),
                                answering(AccountServiceGrpc.getServiceDescriptor()),
                                answering(SessionServiceGrpc.getServiceDescriptor()),
                                answering(SecondFactorServiceGrpc.getServiceDescriptor()),
                                answering(AccessServiceGrpc.getServiceDescriptor()),
                                answering(PartnerServiceGrpc.getServiceDescriptor()),
                                answering(OAuthServiceGrpc.getServiceDescriptor())),
                "users", List.of(answering(UserServiceGrpc.getServiceDescriptor())),
                "courses",
                        List.of(
                                answering(CourseServiceGrpc.getServiceDescriptor(), new Courses()),
                                answering(SectionServiceGrpc.getServiceDescriptor(), new Sections()),
                                answering(LessonServiceGrpc.getServiceDescriptor(), new Lessons()),
                                answering(CategoryServiceGrpc.getServiceDescriptor()),
                                answering(TagServiceGrpc.getServiceDescriptor()),
                                answering(ReviewServiceGrpc.getServiceDescriptor())),
                "content", List.of(answering(ContentServiceGrpc.getServiceDescriptor(), new Content())),
                "enrollments",
                        List.of(
                                answering(EnrollmentServiceGrpc.getServiceDescriptor(), new Enrollments()),
                                answering(ProgressServiceGrpc.getServiceDescriptor()),
                                answering(WaitlistServiceGrpc.getServiceDescriptor()),
                                answering(BulkEnrollmentServiceGrpc.getServiceDescriptor()),
                                answering(CertificateServiceGrpc.getServiceDescriptor())),
                "assignments",
                        List.of(
                                answering(QuizServiceGrpc.getServiceDescriptor()),
                                answering(QuestionServiceGrpc.getServiceDescriptor()),
                                answering(QuestionBankServiceGrpc.getServiceDescriptor()),
                                answering(DrawServiceGrpc.getServiceDescriptor()),
                                answering(FileAssignmentServiceGrpc.getServiceDescriptor())),
                "grades",
                        List.of(
                                answering(AttemptServiceGrpc.getServiceDescriptor()),
                                answering(GradingServiceGrpc.getServiceDescriptor()),
                                answering(GradebookServiceGrpc.getServiceDescriptor()),
                                answering(SubmissionServiceGrpc.getServiceDescriptor()),
                                answering(LeaderboardServiceGrpc.getServiceDescriptor())),
                "analytics", List.of(answering(AuditServiceGrpc.getServiceDescriptor())),
                "notifications", List.of(answering(DeliveryServiceGrpc.getServiceDescriptor())));
    }

    /// Answers requests of a type from now on; the others get an empty answer.
    <Q extends Message> void on(Class<Q> type, Function<Q, Message> answer) {
        answers.put(type, request -> answer.apply(type.cast(request)));
    }

    /// As new.
    void forget() {
        refusal = null;
        otherwise = UnaryOperator.identity();
        requests.clear();
        streams.clear();
        onStream = stream -> {};
        answers.clear();
        on(
                GetMeRequest.class,
                request -> GetMeResponse.newBuilder()
                        .setAccount(Account.newBuilder()
                                .setId(id("me"))
                                .setEmail("me@example.org")
                                .setStatus(AccountStatus.ACCOUNT_STATUS_ACTIVE))
                        .build());
        on(
                GetJwksRequest.class,
                request -> GetJwksResponse.newBuilder()
                        .setJwksJson("{\"keys\":[]}")
                        .build());
        on(
                BatchGetUserSummariesRequest.class,
                request -> BatchGetUserSummariesResponse.newBuilder()
                        .addAllUsers(request.getUserIdsList().stream()
                                .map(id -> UserSummary.newBuilder()
                                        .setId(id)
                                        .setDisplayName("Ada Lovelace")
                                        .build())
                                .toList())
                        .build());
    }

    /// A service every method of which answers or refuses.
    private BindableService answering(ServiceDescriptor service) {
        var definition = ServerServiceDefinition.builder(service);
        service.getMethods().forEach(method -> addMethod(definition, method));
        var built = definition.build();
        return () -> built;
    }

    /// The same, where the methods that are written out answer by themselves.
    private BindableService answering(ServiceDescriptor service, BindableService written) {
        var definition = ServerServiceDefinition.builder(service);
        var names = Stream.of(written.getClass().getDeclaredMethods())
                .map(method -> method.getName().toLowerCase(Locale.ROOT))
                .toList();
        var bound = written.bindService();
        service.getMethods().forEach(method -> {
            var name = Objects.requireNonNull(method.getBareMethodName()).toLowerCase(Locale.ROOT);
            if (names.contains(name)) {
                definition.addMethod(Objects.requireNonNull(bound.getMethod(method.getFullMethodName())));
            } else {
                addMethod(definition, method);
            }
        });
        return () -> definition.build();
    }

    @SuppressWarnings("unchecked")
    private <Q> void addMethod(ServerServiceDefinition.Builder definition, MethodDescriptor<Q, ?> method) {
        var described = (MethodDescriptor<Q, Message>) method;
        if (described.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
            definition.addMethod(described, ServerCalls.asyncServerStreamingCall((request, observer) -> {
                requests.add(request);
                var stream = new FakeStream((Message) request, (ServerCallStreamObserver<Message>) observer);
                streams.add(stream);
                onStream.accept(stream);
            }));
            return;
        }
        var empty = ((MethodDescriptor.PrototypeMarshaller<Message>) described.getResponseMarshaller())
                .getMessagePrototype();
        definition.addMethod(described, ServerCalls.asyncUnaryCall((request, observer) -> {
            answerOrRefuse(request, otherwise.apply(Objects.requireNonNull(empty)), observer);
        }));
    }

    private <A> void answer(Object request, A answer, StreamObserver<A> observer) {
        send(request, told(request, answer), observer);
    }

    private <A> void answerOrRefuse(Object request, A answer, StreamObserver<A> observer) {
        // First, since a test may refuse what follows.
        var told = told(request, answer);
        var latch = cancelled;
        if (latch != null) {
            ((ServerCallStreamObserver<A>) observer).setOnCancelHandler(latch::countDown);
            requests.add(request);
            return;
        }
        var refused = refusal;
        if (refused == null) {
            send(request, told, observer);
        } else {
            requests.add(request);
            observer.onError(refused);
        }
    }

    /// The answer, unless a test said another.
    @SuppressWarnings("unchecked")
    private <A> A told(Object request, A answer) {
        var other = answers.get(request.getClass());
        return other == null ? answer : (A) other.apply((Message) request);
    }

    private <A> void send(Object request, A answer, StreamObserver<A> observer) {
        requests.add(request);
        observer.onNext(answer);
        observer.onCompleted();
    }

    private static Course course(String id) {
        return Course.newBuilder()
                .setId(id)
                .setTitle("A course")
                .setSlug("a-course")
                .setInstructorId(id("instructor"))
                .setCategoryId(id("category"))
                .addTags(Tag.newBuilder().setId(id("tag")).setName("graphs"))
                .addPrerequisiteCourseIds(id("before"))
                .setStatus(CourseStatus.COURSE_STATUS_PUBLISHED)
                .setPrice(Money.newBuilder().setAmountMinor(1999).setCurrencyCode("EUR"))
                .setCreateTime(Timestamp.newBuilder().setSeconds(1_767_225_600))
                .setEtag("1")
                .build();
    }

    private final class Courses extends CourseServiceGrpc.CourseServiceImplBase {
        @Override
        public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> observer) {
            answerOrRefuse(
                    request,
                    GetCourseResponse.newBuilder()
                            .setCourse(course(id("course")))
                            .build(),
                    observer);
        }

        @Override
        public void batchGetCourses(BatchGetCoursesRequest request, StreamObserver<BatchGetCoursesResponse> observer) {
            var found = request.getCourseIdsList().stream()
                    .map(FakeServices::course)
                    .toList();
            answer(
                    request,
                    BatchGetCoursesResponse.newBuilder().addAllCourses(found).build(),
                    observer);
        }

        @Override
        public void listCourses(ListCoursesRequest request, StreamObserver<ListCoursesResponse> observer) {
            var page = ListCoursesResponse.newBuilder().setNextPageToken("more");
            for (var index = 0; index < request.getPageSize(); index++) {
                page.addCourses(course(id("course" + index))).addItemTokens("token" + index);
            }
            answer(request, page.build(), observer);
        }

        @Override
        public void createCourse(CreateCourseRequest request, StreamObserver<CreateCourseResponse> observer) {
            answerOrRefuse(
                    request,
                    CreateCourseResponse.newBuilder()
                            .setCourse(course(id("new")))
                            .build(),
                    observer);
        }

        @Override
        public void updateCourse(UpdateCourseRequest request, StreamObserver<UpdateCourseResponse> observer) {
            answerOrRefuse(
                    request,
                    UpdateCourseResponse.newBuilder()
                            .setCourse(course(request.getCourseId()))
                            .build(),
                    observer);
        }
    }

    private final class Sections extends SectionServiceGrpc.SectionServiceImplBase {
        @Override
        public void batchListSections(
                BatchListSectionsRequest request, StreamObserver<BatchListSectionsResponse> observer) {
            var response = BatchListSectionsResponse.newBuilder();
            for (var courseId : request.getCourseIdsList()) {
                var list = SectionList.newBuilder().setCourseId(courseId).setTotal(SECTIONS);
                for (var index = 0; index < SECTIONS; index++) {
                    list.addSections(Section.newBuilder()
                            .setId(id(courseId + "/" + index))
                            .setCourseId(courseId)
                            .setTitle("Section " + index));
                }
                response.addLists(list);
            }
            answer(request, response.build(), observer);
        }
    }

    private final class Lessons extends LessonServiceGrpc.LessonServiceImplBase {
        @Override
        public void batchListLessons(
                BatchListLessonsRequest request, StreamObserver<BatchListLessonsResponse> observer) {
            var response = BatchListLessonsResponse.newBuilder();
            for (var sectionId : request.getSectionIdsList()) {
                var list = LessonList.newBuilder().setSectionId(sectionId).setTotal(LESSONS);
                for (var index = 0; index < LESSONS; index++) {
                    list.addLessons(lesson(id(sectionId + "/" + index)));
                }
                response.addLists(list);
            }
            answer(request, response.build(), observer);
        }

        @Override
        public void getLesson(GetLessonRequest request, StreamObserver<GetLessonResponse> observer) {
            answer(
                    request,
                    GetLessonResponse.newBuilder()
                            .setLesson(lesson(request.getLessonId()))
                            .build(),
                    observer);
        }

        private Lesson.Builder lesson(String id) {
            return Lesson.newBuilder()
                    .setId(id)
                    .setCourseId(id("course"))
                    .setTitle("A lesson")
                    .setType(LessonType.LESSON_TYPE_VIDEO)
                    .setDuration(Duration.newBuilder().setSeconds(90));
        }

        @Override
        public void getLessonContent(
                GetLessonContentRequest request, StreamObserver<GetLessonContentResponse> observer) {
            var page = LessonPage.newBuilder()
                    .setId("one")
                    .setTitle("Page of " + request.getLessonId())
                    .addBlocks(ContentBlock.newBuilder()
                            .setHtml(HtmlBlock.newBuilder()
                                    .setHtml("<img src=\"aula-asset:" + id("picture") + "\"><img src=\"aula-asset:"
                                            + id("missing") + "\">")))
                    .addBlocks(ContentBlock.newBuilder()
                            .setVideo(VideoBlock.newBuilder()
                                    .setAssetId(id("video"))
                                    .putTranscriptAssetIds("en", id("transcript"))))
                    .addBlocks(ContentBlock.newBuilder()
                            .setMedia(MediaBlock.newBuilder().setAssetId(id("media"))));
            answerOrRefuse(
                    request,
                    GetLessonContentResponse.newBuilder()
                            .setContent(LessonContent.newBuilder().addPages(page))
                            .build(),
                    observer);
        }
    }

    private final class Content extends ContentServiceGrpc.ContentServiceImplBase {
        @Override
        public void batchGetDownloads(
                BatchGetDownloadsRequest request, StreamObserver<BatchGetDownloadsResponse> observer) {
            var response = BatchGetDownloadsResponse.newBuilder();
            for (var id : request.getAssetIdsList()) {
                if (id.equals(id("missing"))) {
                    response.addMissingIds(id);
                } else {
                    response.addDownloads(Download.newBuilder()
                            .setAsset(Asset.newBuilder()
                                    .setId(id)
                                    .setFileName("file")
                                    .setState(AssetState.ASSET_STATE_READY))
                            .setUrl("https://files.example/" + id + "?a=1&b=2"));
                }
            }
            answer(request, response.build(), observer);
        }
    }

    private final class Enrollments extends EnrollmentServiceGrpc.EnrollmentServiceImplBase {
        @Override
        public void batchGetMyEnrollments(
                BatchGetMyEnrollmentsRequest request, StreamObserver<BatchGetMyEnrollmentsResponse> observer) {
            var found = new ArrayList<Enrollment>();
            for (var courseId : request.getCourseIdsList()) {
                var enrollment = Enrollment.newBuilder().setId(id("mine")).setCourseId(courseId);
                if (request.getWithLessons()) {
                    enrollment.addLessons(LessonProgress.newBuilder()
                            .setLessonId(id(id(courseId + "/0") + "/0"))
                            .setStatus(LessonProgressStatus.LESSON_PROGRESS_STATUS_COMPLETED));
                }
                found.add(enrollment.build());
            }
            answer(
                    request,
                    BatchGetMyEnrollmentsResponse.newBuilder()
                            .addAllEnrollments(found)
                            .build(),
                    observer);
        }
    }
}
