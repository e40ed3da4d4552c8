// Apollo Server over the platform's services, with the part of its schema that the course page asks for. Set up as its
// documentation recommends for production: Express, NODE_ENV=production, one DataLoader a kind and request.
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express from "express";
import { loadersOf } from "./loaders.mjs";
import { call, courses, reviews } from "./services.mjs";

const typeDefs = `#graphql
  scalar DateTime
  scalar Duration
  scalar Long
  scalar URL
  type Query { course(id: ID): Course }
  type Money { amountMinor: Long! currencyCode: String! }
  type UserSummary { id: ID! displayName: String! avatarUrl: URL shortBio: String }
  type Course {
    id: ID! title: String! slug: String! shortDescription: String! fullDescription: String!
    price: Money! level: CourseLevel languageCode: String!
    instructor: UserSummary sections: [Section!] reviews(first: Int!): ReviewConnection myEnrollment: Enrollment
  }
  enum CourseLevel { BEGINNER INTERMEDIATE ADVANCED }
  type Section { id: ID! title: String! description: String! sortOrder: Int! lessons: [Lesson!] }
  type Lesson {
    id: ID! title: String! type: LessonType sortOrder: Int! duration: Duration preview: Boolean! mandatory: Boolean!
    myProgress: LessonProgress
  }
  enum LessonType { VIDEO ARTICLE QUIZ ASSIGNMENT LIVE_SESSION }
  type LessonProgress { status: LessonProgressStatus completeTime: DateTime }
  enum LessonProgressStatus { NOT_STARTED IN_PROGRESS COMPLETED }
  type ReviewConnection { nodes: [Review!]! }
  type Review { id: ID! rating: Int! title: String! text: String! helpfulCount: Long! author: UserSummary }
  type Enrollment { id: ID! status: EnrollmentStatus progressPercentage: Float! startTime: DateTime }
  enum EnrollmentStatus { ENROLLED IN_PROGRESS PAUSED COMPLETED DROPPED REFUNDED EXPIRED }
`;

const globalId = (type) => (object) => Buffer.from(`${type}:${object.id}`).toString("base64url");
const orNull = (text) => text || null;

function without(prefix) {
  return (name) => (name.endsWith("_UNSPECIFIED") ? null : name.slice(prefix.length));
}

function time(timestamp) {
  if (!timestamp) return null;
  const text = new Date(timestamp.seconds * 1000).toISOString();
  return timestamp.nanos ? text.replace(".000Z", `.${String(timestamp.nanos).padStart(9, "0").replace(/0+$/, "")}Z`) : text.replace(".000Z", "Z");
}

function span(duration) {
  if (!duration?.seconds) return null;
  const parts = [Math.floor(duration.seconds / 3600), Math.floor(duration.seconds / 60) % 60, duration.seconds % 60];
  return `PT${parts.map((part, place) => (part ? part + "HMS"[place] : "")).join("")}`;
}

const level = without("COURSE_LEVEL_");
const lessonType = without("LESSON_TYPE_");
const progressStatus = without("LESSON_PROGRESS_STATUS_");
const enrollmentStatus = without("ENROLLMENT_STATUS_");

const resolvers = {
  Query: {
    course: async (_, { id }, context) => {
      const courseId = Buffer.from(id, "base64url").toString().split(":")[1];
      return (await call(courses, "getCourse", { courseId }, context.authorization)).course;
    },
  },
  UserSummary: { id: globalId("UserSummary"), avatarUrl: (user) => orNull(user.avatarUrl), shortBio: (user) => orNull(user.shortBio) },
  Course: {
    id: globalId("Course"),
    level: (course) => level(course.level),
    instructor: (course, _, { loaders }) => loaders.users.load(course.instructorId),
    sections: async (course, _, { loaders }) => (await loaders.sections.load(course.id))?.sections ?? [],
    reviews: async (course, { first }, context) => {
      const answer = await call(reviews, "listReviews", { courseId: course.id, pageSize: first }, context.authorization);
      return { nodes: answer.reviews };
    },
    myEnrollment: (course, _, { loaders }) => loaders.myEnrollments.load(course.id),
  },
  Section: {
    id: globalId("Section"),
    lessons: async (section, _, { loaders }) => (await loaders.lessons.load(section.id))?.lessons ?? [],
  },
  Lesson: {
    id: globalId("Lesson"),
    type: (lesson) => lessonType(lesson.type),
    duration: (lesson) => span(lesson.duration),
    myProgress: async (lesson, _, { loaders }) =>
      (await loaders.myEnrollments.load(lesson.courseId))?.progress.get(lesson.id) ?? null,
  },
  LessonProgress: { status: (progress) => progressStatus(progress.status), completeTime: (progress) => time(progress.completeTime) },
  Review: { id: globalId("Review"), author: (review, _, { loaders }) => loaders.users.load(review.userId) },
  Enrollment: {
    id: globalId("Enrollment"),
    status: (enrollment) => enrollmentStatus(enrollment.status),
    startTime: (enrollment) => time(enrollment.startTime),
  },
};

const server = new ApolloServer({ typeDefs, resolvers, introspection: false, plugins: [ApolloServerPluginLandingPageDisabled()] });
await server.start();
const app = express();
app.disable("x-powered-by");
app.get("/health", (_, response) => response.send("ok"));
app.use(
  "/graphql",
  express.json(),
  expressMiddleware(server, {
    context: async ({ req }) => ({ authorization: req.headers.authorization, loaders: loadersOf(req.headers.authorization) }),
  }),
);
app.listen(Number(process.env.PORT), "127.0.0.1");
