// The story of a course, told against what runs: from the archive to the learner's last lesson and the numbers about it.
//
//   node local/demo/demo.mjs [--course=archive.tar.gz]
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { courseArchive } from "./archive.mjs";
import * as documents from "./documents.mjs";
import { graphqlClient, uuidOf } from "./graphql.mjs";
import { readLessons, readMedia } from "./lessons.mjs";
import { linkToken } from "./mail.mjs";
import { holds, note, poll, same, step, tell } from "./story.mjs";

const ENDED = ["SUCCEEDED", "FAILED", "CANCELLED"];

async function main() {
  const { values } = parseArgs({ options: { course: { type: "string" } } });
  const { aulaError, createAulaClient } = await client();
  const { graphql, grpc, logins, mail } = addresses();
  const visitor = graphqlClient(graphql);
  const archive = courseArchive(values.course || process.env.COURSE);

  const withTokens = ({ accessToken, refreshToken }) => ({
    ...graphqlClient(graphql, accessToken),
    services: createAulaClient({ baseUrl: grpc, accessToken }),
    refreshToken,
  });
  const signIn = async (identifier, password) => {
    const { tokens, account } = await visitor.mutate(documents.LOGIN, { identifier, password, deviceName: "make demo" });
    return { ...withTokens(tokens), roles: account.roles };
  };
  const signInAs = async (role) => {
    const login = logins.find((entry) => entry.role === role);
    holds(`a login of the role ${role} in .local/addresses.json`, login, logins.map((entry) => entry.role));
    return signIn(login.email, login.password);
  };

  const { newcomer, email } = await step("A learner registers and signs in", async () => {
    const email = `learner-${randomUUID()}@example.org`;
    const password = randomUUID();
    const input = { requestId: randomUUID(), email, password, firstName: "Demo", lastName: "Learner" };
    const { account, registrationId } = await visitor.mutate(documents.REGISTER, input);
    same("e-mail address", account.email, email);
    same("roles", account.roles, ["student"]);
    const { registrationState } = await poll({
      ask: () => visitor.query(documents.REGISTRATION_STATE, { id: registrationId }),
      done: ({ registrationState: state }) => state !== "PENDING",
      every: 100,
      until: 10_000,
    });
    same("how registering ended", registrationState, "COMPLETED");
    const caller = await signIn(email, password);
    const { viewer } = await caller.query(documents.VIEWER);
    same("name of the user that registering made", viewer?.user?.summary.displayName, "Demo Learner");
    const refusal = await caller.refused(documents.BEGIN_TOTP, { input: { password } });
    same("refusal", refusal, { code: "PERMISSION_DENIED", reason: "ACCOUNT_UNVERIFIED" });
    return { newcomer: caller, email, told: email };
  });

  let learner = newcomer;
  if (mail) {
    const verified = await step("The email's link confirms the address", async () => {
      const token = await poll({
        ask: () => linkToken(mail, email, "Please confirm your e-mail address"),
        done: (found) => found,
        every: 200,
        until: 20_000,
      });
      holds("an email with a link", token, token);
      await visitor.mutate(documents.VERIFY_EMAIL, { token });
      // The token of before does not say that the account is verified, and is refused from now on.
      const { tokens } = await visitor.mutate(documents.REFRESH_TOKENS, { refreshToken: newcomer.refreshToken });
      const caller = withTokens(tokens);
      const { viewer } = await caller.query(documents.ACCOUNT);
      same("state of the account", viewer.account.status, "ACTIVE");
      same("devices that are signed in", viewer.sessions.map(({ deviceName }) => deviceName), ["make demo"]);
      return { learner: caller };
    });
    learner = verified.learner;
  }

  const { instructor, asset } = await step("An instructor uploads a course archive", async () => {
    const caller = await signInAs("instructor");
    const { bytes, fileName, sha256 } = archive;
    const upload = await caller.mutate(documents.CREATE_UPLOAD, {
      requestId: randomUUID(),
      fileName,
      mediaType: "application/gzip",
      sizeBytes: bytes.length,
      sha256,
    });
    const put = await fetch(upload.uploadUrl, {
      method: "PUT",
      headers: Object.fromEntries(
        (upload.headers ?? [])
          .map(({ name, value }) => [name.toLowerCase(), value])
          // These two are fetch's own business.
          .filter(([name]) => name !== "host" && name !== "content-length"),
      ),
      body: bytes,
      signal: AbortSignal.timeout(120_000),
    });
    holds("the store takes the bytes", put.ok, `${put.status} ${(await put.text()).slice(0, 300)}`);
    const completed = await caller.mutate(documents.COMPLETE_UPLOAD, { assetId: upload.asset.id });
    same("state of the asset", completed.asset.state, "READY");
    same("SHA-256 of the asset", completed.asset.sha256, sha256);
    return { instructor: caller, asset: completed.asset, told: `${fileName}, ${megabytes(bytes.length)}` };
  });

  const { course } = await step("The archive becomes a draft", async () => {
    const { operation } = await instructor.mutate(documents.IMPORT_COURSE, { requestId: randomUUID(), assetId: asset.id });
    const ended = await poll({
      ask: async () => (await instructor.query(documents.OPERATION, { id: operation.id })).operation,
      done: ({ state }) => ENDED.includes(state),
      every: 200,
      until: 600_000,
      watch: ({ state, done, total, rate }) =>
        tell(`${state.toLowerCase()}, ${done} of ${total ?? "?"}, ${rate.toFixed(1)} a second`),
    });
    same("how the import ended", { state: ended.state, failure: ended.failure }, { state: "SUCCEEDED", failure: null });
    const { operation: result } = await instructor.query(documents.OPERATION_RESULT, { id: operation.id });
    same("status of the course", result.course.status, "DRAFT");
    return {
      course: result.course,
      issues: result.issues,
      told: `"${result.course.title}", ${ended.done} units, ${result.issueCount} left out`,
    };
  }).then((found) => {
    for (const [reason, count] of counted(found.issues)) note(`left out ${count} × ${reason}`);
    return found;
  });
  const { id } = course;

  await step("The instructor hands the draft in", async () => {
    const submitted = await instructor.mutate(documents.SUBMIT_COURSE, { courseId: id });
    same("status of the course", submitted.course.status, "REVIEW");
  });

  await step("The learner may not publish it", async () => {
    const refusal = await learner.refused(documents.PUBLISH_COURSE, { input: { courseId: id } });
    same("refusal", refusal, { code: "PERMISSION_DENIED", reason: "PERMISSION_MISSING" });
    return { told: `${refusal.code}, ${refusal.reason}` };
  });

  await step("An administrator publishes it", async () => {
    const admin = await signInAs("admin");
    const published = await admin.mutate(documents.PUBLISH_COURSE, { courseId: id });
    same("status of the course", published.course.status, "PUBLISHED");
    holds("the time when it was published", published.course.publishTime, published.course.publishTime);
  });

  const { lessons } = await step("The learner opens the course page", async () => {
    const { course: page } = await learner.query(documents.COURSE_PAGE, { id });
    const found = page.sections.flatMap((section) => section.lessons);
    same("title", page.title, course.title);
    same("sections shown of those there are", page.sections.length, page.sectionCount);
    same("enrollment before enrolling", page.myEnrollment, null);
    holds("an instructor with a name", page.instructor?.displayName, page.instructor);
    holds("at least one lesson", found.length > 0, found.length);
    if (archive.expected.sections) same("sections", page.sections.length, archive.expected.sections);
    if (archive.expected.lessons) same("lessons", found.length, archive.expected.lessons);
    const closed = found.find((lesson) => !lesson.preview);
    if (closed) {
      const refusal = await learner.refused(documents.LESSON, { id: closed.id });
      same("a lesson before enrolling", refusal.reason, "ENROLLMENT_REQUIRED");
    }
    return { lessons: found, told: `${page.sections.length} sections, ${found.length} lessons, closed until enrolled` };
  });

  const { enrollment } = await step("The learner enrolls, once", async () => {
    const first = await learner.mutate(documents.ENROLL, { requestId: randomUUID(), courseId: id });
    same("enrollment", { status: first.enrollment.status, progress: first.enrollment.progressPercentage }, { status: "ENROLLED", progress: 0 });
    const second = await learner.mutate(documents.ENROLL, { requestId: randomUUID(), courseId: id }, { userErrors: true });
    same("enrolling again", second.userErrors.map(({ code }) => code), ["ALREADY_ENROLLED"]);
    return { enrollment: first.enrollment, told: "again: ALREADY_ENROLLED" };
  });

  const { assets } = await step("The learner reads every lesson", async () => {
    const read = await readLessons(learner, lessons);
    if (archive.expected.pages) same("pages", read.pages, archive.expected.pages);
    return { ...read, told: `${read.pages} pages, ${read.blocks} blocks, no text empty` };
  });

  await step("The media are there, whole and by range", async () => {
    const { files, whole } = await readMedia(learner.services.content, assets);
    return { told: `${files} files, ${whole} of them compared by SHA-256` };
  });

  await step("The learner completes the course, by GraphQL and grpc-web in turn", async () => {
    const calls = { graphql: 0, grpcWeb: 0 };
    for (const [index, lesson] of lessons.entries()) {
      tell(`lesson ${index + 1} of ${lessons.length}`);
      if (index % 2 === 0) {
        await learner.mutate(documents.COMPLETE_LESSON, { enrollmentId: enrollment.id, lessonId: lesson.id });
        calls.graphql += 1;
      } else {
        await learner.services.enrollment
          .completeLesson({ enrollmentId: uuidOf(enrollment.id), lessonId: uuidOf(lesson.id) })
          .catch((thrown) => {
            const { code, reason, message, requestId } = aulaError(thrown);
            throw new Error(`  ${code} ${reason}: ${message} (request ${requestId})`);
          });
        calls.grpcWeb += 1;
      }
    }
    const { course: seen } = await learner.query(documents.MY_ENROLLMENT, { id });
    const { status, progressPercentage } = seen.myEnrollment;
    same("enrollment", { status, progressPercentage }, { status: "COMPLETED", progressPercentage: 100 });
    return { told: `${calls.graphql} by GraphQL, ${calls.grpcWeb} by grpc-web, 100 %` };
  });

  await step("The instructor sees it in the numbers", async () => {
    const wanted = { enrollments: 1, lessonsCompleted: lessons.length, coursesCompleted: 1, activeLearners: 1 };
    const activity = await poll({
      ask: async () => (await instructor.query(documents.ACTIVITY, { id })).course.activity,
      done: (seen) => Object.entries(wanted).every(([name, count]) => seen?.[name] === count),
      every: 250,
      until: 20_000,
      watch: (seen) => tell(`${seen?.lessonsCompleted ?? 0} of ${wanted.lessonsCompleted} lessons counted`),
    });
    same("counts", activity, wanted);
    return { told: `${activity.enrollments} enrollment, ${activity.lessonsCompleted} lessons completed` };
  });
}

async function client() {
  try {
    return await import("../../clients/typescript/dist/index.js");
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error("The TypeScript client is not built: `npm ci && npm run build` in clients/typescript, after `make proto`.");
  }
}

function addresses() {
  const file = process.env.ADDRESSES ?? new URL("../../.local/addresses.json", import.meta.url);
  let known;
  try {
    known = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Error("Nothing runs: .local/addresses.json is missing. Start with `make run` or `make up`.");
  }
  const edge = process.env.EDGE_URL?.replace(/\/$/, "");
  return { ...known, ...(edge ? { graphql: `${edge}/graphql`, grpc: edge } : {}) };
}

function counted(issues) {
  const counts = new Map();
  for (const { reason } of issues) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB`;
}

const begun = performance.now();
main().then(
  () => console.log(`The story is told, in ${((performance.now() - begun) / 1000).toFixed(1)} s.`),
  (error) => {
    if (!error.told) console.error(error.message ?? error);
    process.exitCode = 1;
  },
);
