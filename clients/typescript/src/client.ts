import { type Client, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { AnalyticsService } from "./gen/aula/analytics/v1/analytics_service_pb.js";
import { AuditService } from "./gen/aula/analytics/v1/audit_service_pb.js";
import { DrawService } from "./gen/aula/assignments/v1/draw_service_pb.js";
import { FileAssignmentService } from "./gen/aula/assignments/v1/file_assignment_service_pb.js";
import { QuestionBankService } from "./gen/aula/assignments/v1/question_bank_service_pb.js";
import { QuestionService } from "./gen/aula/assignments/v1/question_service_pb.js";
import { QuizService } from "./gen/aula/assignments/v1/quiz_service_pb.js";
import { AccessService } from "./gen/aula/auth/v1/access_service_pb.js";
import { AccountService } from "./gen/aula/auth/v1/account_service_pb.js";
import { AuthService } from "./gen/aula/auth/v1/auth_service_pb.js";
import { SecondFactorService } from "./gen/aula/auth/v1/second_factor_service_pb.js";
import { SessionService } from "./gen/aula/auth/v1/session_service_pb.js";
import { ContentService } from "./gen/aula/content/v1/content_service_pb.js";
import { CategoryService } from "./gen/aula/courses/v1/category_service_pb.js";
import { CourseService } from "./gen/aula/courses/v1/course_service_pb.js";
import { LessonService } from "./gen/aula/courses/v1/lesson_service_pb.js";
import { ReviewService } from "./gen/aula/courses/v1/review_service_pb.js";
import { SectionService } from "./gen/aula/courses/v1/section_service_pb.js";
import { EnrollmentService } from "./gen/aula/enrollments/v1/enrollment_service_pb.js";
import { DeliveryService } from "./gen/aula/notifications/v1/delivery_service_pb.js";
import { UserService } from "./gen/aula/users/v1/user_service_pb.js";

/** An access token, or what gives the present one for each call: none means that the call is made as a visitor. */
export type AccessToken = string | (() => string | undefined | Promise<string | undefined>);

export interface AulaClientOptions {
  /** The platform's address, such as `https://learn.example.org`. */
  readonly baseUrl: string;
  /** Sent as `authorization: Bearer …` with every call. A function can refresh a token that is about to expire. */
  readonly accessToken?: AccessToken;
  /** How long a call may take, unless the call says otherwise. Default 10,000 ms. */
  readonly timeoutMs?: number;
  /** Added after the one that authorises. */
  readonly interceptors?: readonly Interceptor[];
  /** Used instead of the platform's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** One typed client for each service. */
export interface AulaClient {
  readonly auth: Client<typeof AuthService>;
  readonly accounts: Client<typeof AccountService>;
  readonly sessions: Client<typeof SessionService>;
  readonly secondFactors: Client<typeof SecondFactorService>;
  readonly access: Client<typeof AccessService>;
  readonly users: Client<typeof UserService>;
  readonly categories: Client<typeof CategoryService>;
  readonly courses: Client<typeof CourseService>;
  readonly sections: Client<typeof SectionService>;
  readonly lessons: Client<typeof LessonService>;
  readonly reviews: Client<typeof ReviewService>;
  readonly content: Client<typeof ContentService>;
  readonly enrollments: Client<typeof EnrollmentService>;
  readonly quizzes: Client<typeof QuizService>;
  readonly questions: Client<typeof QuestionService>;
  readonly draws: Client<typeof DrawService>;
  readonly questionBanks: Client<typeof QuestionBankService>;
  readonly fileAssignments: Client<typeof FileAssignmentService>;
  readonly analytics: Client<typeof AnalyticsService>;
  readonly audit: Client<typeof AuditService>;
  readonly deliveries: Client<typeof DeliveryService>;
}

/** Clients that speak grpc-web, in browsers and in Node 20 or newer. */
export function createAulaClient(options: AulaClientOptions): AulaClient {
  const transport = createGrpcWebTransport({
    baseUrl: options.baseUrl,
    defaultTimeoutMs: options.timeoutMs ?? 10_000,
    interceptors: [authorize(options.accessToken), ...(options.interceptors ?? [])],
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  return {
    auth: createClient(AuthService, transport),
    accounts: createClient(AccountService, transport),
    sessions: createClient(SessionService, transport),
    secondFactors: createClient(SecondFactorService, transport),
    access: createClient(AccessService, transport),
    users: createClient(UserService, transport),
    categories: createClient(CategoryService, transport),
    courses: createClient(CourseService, transport),
    sections: createClient(SectionService, transport),
    lessons: createClient(LessonService, transport),
    reviews: createClient(ReviewService, transport),
    content: createClient(ContentService, transport),
    enrollments: createClient(EnrollmentService, transport),
    quizzes: createClient(QuizService, transport),
    questions: createClient(QuestionService, transport),
    draws: createClient(DrawService, transport),
    questionBanks: createClient(QuestionBankService, transport),
    fileAssignments: createClient(FileAssignmentService, transport),
    analytics: createClient(AnalyticsService, transport),
    audit: createClient(AuditService, transport),
    deliveries: createClient(DeliveryService, transport),
  };
}

function authorize(accessToken: AccessToken | undefined): Interceptor {
  return (next) => async (request) => {
    const token = typeof accessToken === "function" ? await accessToken() : accessToken;
    if (token && !request.header.has("authorization")) request.header.set("authorization", `Bearer ${token}`);
    return next(request);
  };
}
