// Clients of the platform's services over @grpc/grpc-js, made of the contract.
import { Metadata, credentials, loadPackageDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const DEADLINE_MS = 5_000;

const files = [
  "auth/v1/auth_service", "courses/v1/course_service", "courses/v1/section_service", "courses/v1/lesson_service",
  "courses/v1/review_service", "users/v1/user_service", "enrollments/v1/enrollment_service",
].map((name) => `aula/${name}.proto`);

const contract = loadPackageDefinition(
  loadSync(files, { includeDirs: process.env.PROTO.split(":"), longs: Number, enums: String, defaults: true }),
);

function client(domain, service) {
  const made = contract.aula[domain].v1[service];
  return new made(`127.0.0.1:${process.env[`${domain.toUpperCase()}_PORT`]}`, credentials.createInsecure());
}

export const courses = client("courses", "CourseService");
export const sections = client("courses", "SectionService");
export const lessons = client("courses", "LessonService");
export const reviews = client("courses", "ReviewService");
export const users = client("users", "UserService");
export const enrollments = client("enrollments", "EnrollmentService");
export const auth = client("auth", "AuthService");

/** Calls as whoever sent the request. */
export function call(service, method, request, authorization) {
  const metadata = new Metadata();
  if (authorization) metadata.set("authorization", authorization);
  return new Promise((resolve, reject) => {
    service[method](request, metadata, { deadline: Date.now() + DEADLINE_MS }, (error, answer) =>
      error ? reject(error) : resolve(answer),
    );
  });
}
