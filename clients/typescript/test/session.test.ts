import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { anyPack, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { aulaError, createAulaClient, createSession, type SessionTokens } from "@aula/client";
import { RefreshTokensResponseSchema } from "@aula/client/aula/auth/v1/auth_service";
import { ErrorInfoSchema } from "@aula/client/google/rpc/error_details";
import { StatusSchema } from "@aula/client/google/rpc/status";

/** A server that speaks grpc-web over HTTP and takes one access token only. */
let server: Server;
let baseUrl: string;
let seen: { method: string; authorization: string | undefined }[];
let good: string;
let refreshes: number;
let ended: boolean;

before(async () => {
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());
beforeEach(() => {
  seen = [];
  good = "access-1";
  refreshes = 0;
  ended = false;
});

function answer(request: IncomingMessage, response: ServerResponse) {
  const method = request.url?.split("/").at(-1) ?? "";
  const { authorization } = request.headers;
  seen.push({ method, authorization });
  request.resume().on("end", () => {
    response.setHeader("content-type", "application/grpc-web+proto");
    if (method === "RefreshTokens") return ended ? refuse(response, "REFRESH_TOKEN_INVALID") : refresh(response);
    if (method === "GetMe" && authorization !== `Bearer ${good}`) return refuse(response, "TOKEN_EXPIRED");
    if (authorization && authorization !== `Bearer ${good}`) response.setHeader("x-token-ignored", "TOKEN_EXPIRED");
    reply(response, new Uint8Array());
  });
}

function refresh(response: ServerResponse) {
  refreshes++;
  good = `access-${refreshes + 1}`;
  const tokens = {
    accessToken: good,
    accessTokenExpireTime: timestampFromMs(Date.now() + 900_000),
    refreshToken: `refresh-${refreshes + 1}`,
  };
  reply(response, toBinary(RefreshTokensResponseSchema, create(RefreshTokensResponseSchema, { tokens })));
}

function reply(response: ServerResponse, message: Uint8Array) {
  response.end(Buffer.concat([frame(0, message), frame(0x80, Buffer.from("grpc-status: 0\r\n"))]));
}

function frame(flags: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(flags);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

function refuse(response: ServerResponse, reason: string) {
  const info = create(ErrorInfoSchema, { domain: "aula", reason });
  const status = create(StatusSchema, { code: 16, message: "No.", details: [anyPack(ErrorInfoSchema, info)] });
  response.setHeader("grpc-status", "16");
  response.setHeader("grpc-status-details-bin", Buffer.from(toBinary(StatusSchema, status)).toString("base64"));
  response.end();
}

function tokens(accessToken: string, lifeMs: number): SessionTokens {
  return { accessToken, accessTokenExpires: Date.now() + lifeMs, refreshToken: "refresh-1" };
}

test("a token that is about to end is refreshed before it is used, once for all calls", async () => {
  const session = createSession({ baseUrl, tokens: tokens("access-0", 1_000) });
  const aula = createAulaClient({ baseUrl, accessToken: session });

  await Promise.all(Array.from({ length: 20 }, () => aula.auth.getMe({})));

  assert.equal(refreshes, 1);
  assert.equal(seen.filter(({ method }) => method === "GetMe").length, 20);
  assert.equal(session.tokens?.refreshToken, "refresh-2");
});

test("a call whose token was refused is made again with a new one, once for all calls", async () => {
  const kept: (SessionTokens | undefined)[] = [];
  const session = createSession({ baseUrl, tokens: tokens("access-0", 900_000), onChange: (next) => kept.push(next) });
  const aula = createAulaClient({ baseUrl, accessToken: session });

  await Promise.all(Array.from({ length: 20 }, () => aula.auth.getMe({})));

  assert.equal(refreshes, 1);
  assert.deepEqual(kept.map((each) => each?.accessToken), ["access-2"]);
});

test("what was answered as to a visitor is asked again", async () => {
  const session = createSession({ baseUrl, tokens: tokens("access-0", 900_000) });

  await createAulaClient({ baseUrl, accessToken: session }).course.listCourses({});

  assert.deepEqual(
    seen.map(({ method, authorization }) => `${method} ${authorization ?? ""}`),
    ["ListCourses Bearer access-0", "RefreshTokens ", "ListCourses Bearer access-2"],
  );
});

test("a session that has ended makes visitors of its calls, and says so", async () => {
  ended = true;
  const kept: (SessionTokens | undefined)[] = [];
  const session = createSession({ baseUrl, tokens: tokens("access-0", 900_000), onChange: (next) => kept.push(next) });
  const aula = createAulaClient({ baseUrl, accessToken: session });

  const error = await aula.auth.getMe({}).then(() => assert.fail("answered"), aulaError);
  await aula.course.listCourses({});

  assert.equal(error.reason, "TOKEN_EXPIRED");
  assert.deepEqual(kept, [undefined]);
  assert.equal(seen.at(-1)?.authorization, undefined);
});

test("what begins, renews or ends a session is called without a token", async () => {
  const aula = createAulaClient({ baseUrl, accessToken: "access-0" });

  await aula.auth.login({ identifier: "ada", password: "secret" });
  await aula.auth.refreshTokens({ refreshToken: "refresh-1" });
  await aula.auth.logout({ refreshToken: "refresh-1" });
  await aula.auth.register({});
  await aula.account.requestPasswordReset({});
  await aula.account.resetPassword({});
  await aula.account.verifyEmail({});
  await aula.account.resendVerification({});

  assert.equal(seen.length, 8);
  assert.ok(seen.every(({ authorization }) => authorization === undefined));
});

test("a source of tokens may refresh by the client that asks it", async () => {
  let token: string | undefined;
  const aula = createAulaClient({
    baseUrl,
    accessToken: async () => (token ??= (await aula.auth.refreshTokens({ refreshToken: "refresh-1" })).tokens?.accessToken),
  });

  await aula.auth.getMe({});

  assert.equal(refreshes, 1);
});

test("signing out forgets the tokens and ends the session on the server", async () => {
  const session = createSession({ baseUrl, tokens: tokens("access-1", 900_000) });

  await session.end();

  assert.equal(session.tokens, undefined);
  assert.deepEqual(seen, [{ method: "Logout", authorization: undefined }]);
});
