// One batch a kind and level, as the platform's gateway makes them.
import DataLoader from "dataloader";
import { call, enrollments, lessons, sections, users } from "./services.mjs";

const MAX_BATCH = 200;

function loader(ask, found, key) {
  return new DataLoader(
    async (ids) => {
      const byId = new Map(found(await ask(ids)).map((one) => [key(one), one]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}

export function loadersOf(authorization) {
  return {
    users: loader(
      (userIds) => call(users, "batchGetUserSummaries", { userIds }, authorization),
      (answer) => answer.users,
      (user) => user.id,
    ),
    sections: loader(
      (courseIds) => call(sections, "batchListSections", { courseIds, first: MAX_BATCH }, authorization),
      (answer) => answer.lists,
      (list) => list.courseId,
    ),
    lessons: loader(
      (sectionIds) => call(lessons, "batchListLessons", { sectionIds, first: MAX_BATCH }, authorization),
      (answer) => answer.lists,
      (list) => list.sectionId,
    ),
    myEnrollments: loader(
      (courseIds) => call(enrollments, "batchGetMyEnrollments", { courseIds, withLessons: true }, authorization),
      (answer) => answer.enrollments.map((one) => ({ ...one, progress: new Map(one.lessons.map((lesson) => [lesson.lessonId, lesson])) })),
      (enrollment) => enrollment.courseId,
    ),
  };
}
