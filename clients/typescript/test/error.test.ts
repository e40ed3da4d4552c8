import assert from "node:assert/strict";
import { test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { aulaError, createAulaClient } from "@aula/client";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "@aula/client/google/rpc/error_details";
import { StatusSchema } from "@aula/client/google/rpc/status";

test("every detail of an error is read", () => {
  const error = new ConnectError("No.", Code.FailedPrecondition, { "x-request-id": "r-1" }, [
    {
      desc: ErrorInfoSchema,
      value: { domain: "aula", reason: "COURSE_STATUS_FORBIDS", metadata: { status: "DRAFT", wanted: "REVIEW" } },
    },
    { desc: BadRequestSchema, value: { fieldViolations: [{ field: "title", description: "must not be empty" }] } },
    { desc: RetryInfoSchema, value: { retryDelay: { seconds: 1n, nanos: 500_000_000 } } },
  ]);

  assert.deepEqual(aulaError(error), {
    code: "FAILED_PRECONDITION",
    reason: "COURSE_STATUS_FORBIDS",
    metadata: { status: "DRAFT", wanted: "REVIEW" },
    fieldViolations: [{ field: "title", description: "must not be empty" }],
    retryDelayMs: 1500,
    requestId: "r-1",
    ignoredToken: undefined,
    message: "No.",
  });
});

test("a reason of another domain is not taken for one of the platform", () => {
  const error = new ConnectError("No.", Code.Unavailable, undefined, [
    { desc: ErrorInfoSchema, value: { domain: "elsewhere.example", reason: "MAINTENANCE" } },
  ]);

  assert.equal(aulaError(error).reason, "");
});

test("codes are spelt as everywhere else", () => {
  const spelt = (code: Code) => aulaError(new ConnectError("", code)).code;

  assert.equal(spelt(Code.Canceled), "CANCELLED");
  assert.equal(spelt(Code.DeadlineExceeded), "DEADLINE_EXCEEDED");
  assert.equal(spelt(Code.Unauthenticated), "UNAUTHENTICATED");
});

test("what is no error of a call is unknown", () => {
  const error = aulaError(new TypeError("undefined is not a function"));

  assert.equal(error.code, "UNKNOWN");
  assert.equal(error.retryDelayMs, undefined);
  assert.equal(error.requestId, undefined);
});

test("there is a client for each service that partners may call", () => {
  const client = createAulaClient({ baseUrl: "http://localhost" });

  assert.equal(typeof client.questionBank.createQuestionBank, "function");
  assert.ok(!("mail" in client), "MailService is for services only");
});

test("details are read from the wire, and the token is sent", async () => {
  const info = create(ErrorInfoSchema, { domain: "aula", reason: "COURSE_NOT_FOUND" });
  const status = create(StatusSchema, { code: 5, message: "No such course.", details: [anyPack(ErrorInfoSchema, info)] });
  const seen: Request[] = [];
  const client = createAulaClient({
    baseUrl: "http://localhost",
    accessToken: async () => "token",
    fetch: async (input, init) => {
      seen.push(new Request(input, init));
      return new Response(null, {
        headers: {
          "content-type": "application/grpc-web+proto",
          "grpc-status": "5",
          "grpc-message": "No%20such%20course.",
          "grpc-status-details-bin": Buffer.from(toBinary(StatusSchema, status)).toString("base64").replace(/=+$/, ""),
          "x-request-id": "r-2",
        },
      });
    },
  });

  const error = await client.course.getCourse({ course: { case: "slug", value: "none" } }).then(() => assert.fail("answered"), aulaError);

  assert.equal(error.code, "NOT_FOUND");
  assert.equal(error.reason, "COURSE_NOT_FOUND");
  assert.equal(error.requestId, "r-2");
  assert.equal(seen[0]?.headers.get("authorization"), "Bearer token");
  assert.equal(seen[0]?.url, "http://localhost/aula.courses.v1.CourseService/GetCourse");
});
