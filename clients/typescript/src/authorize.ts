import { type DescMethod, getOption, hasOption } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Code, type Interceptor, type StreamResponse, type UnaryRequest, type UnaryResponse, type StreamRequest } from "@connectrpc/connect";
import { aulaError } from "./error.js";
import { policy } from "./gen/aula/options/v1/options_pb.js";

/** What gives access tokens and can renew them, such as a {@link Session}. */
export interface TokenSource {
  /** The present token; undefined when nobody is signed in. */
  accessToken(): Promise<string | undefined>;
  /**
   * A token that replaces one that was refused.
   *
   * @param refused which one
   */
  renew(refused: string): Promise<string | undefined>;
}

/** An access token, or what gives the present one for each call: none means that the call is made as a visitor. */
export type AccessToken = string | (() => string | undefined | Promise<string | undefined>) | TokenSource;

const PASSED = new Set(["TOKEN_EXPIRED", "TOKEN_STALE"]);

/**
 * Sends the token, and where it no longer holds renews it and asks once more. What was refused for its token has done
 * nothing, so that repeating it is safe; what was answered as to a visitor is repeated if it only reads.
 */
export function authorize(accessToken: AccessToken | undefined): Interceptor {
  return (next) => async (request) => {
    if (accessToken === undefined || needsNoToken(request.method) || request.header.has("authorization")) {
      return next(request);
    }
    const token = await present(accessToken);
    if (!token) return next(request);
    request.header.set("authorization", `Bearer ${token}`);
    if (typeof accessToken !== "object" || request.stream) return next(request);
    return renewing(accessToken, token, request, next);
  };
}

type Next = (request: UnaryRequest | StreamRequest) => Promise<UnaryResponse | StreamResponse>;

async function renewing(source: TokenSource, token: string, request: UnaryRequest, next: Next) {
  let answer: UnaryResponse | StreamResponse;
  try {
    answer = await next(request);
    if (!isIgnored(answer) || !isRead(request.method)) return answer;
  } catch (thrown) {
    const error = aulaError(thrown);
    const ignored = isRead(request.method) && PASSED.has(error.ignoredToken ?? "");
    if (!ignored && !(error.code === "UNAUTHENTICATED" && PASSED.has(error.reason))) throw thrown;
    const renewed = await source.renew(token);
    if (!renewed) throw thrown;
    request.header.set("authorization", `Bearer ${renewed}`);
    return next(request);
  }
  const renewed = await source.renew(token);
  if (!renewed) return answer;
  request.header.set("authorization", `Bearer ${renewed}`);
  return next(request);
}

async function present(accessToken: AccessToken): Promise<string | undefined> {
  if (typeof accessToken === "string") return accessToken;
  return typeof accessToken === "function" ? accessToken() : accessToken.accessToken();
}

function isIgnored(answer: UnaryResponse | StreamResponse): boolean {
  return PASSED.has(answer.header.get("x-token-ignored") ?? answer.trailer.get("x-token-ignored") ?? "");
}

function isRead(method: DescMethod): boolean {
  return method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
}

/** What begins, renews or ends a session, or needs none: whatever `auth` lets anybody do. */
export function needsNoToken(method: DescMethod): boolean {
  return (
    method.parent.file.proto.package === "aula.auth.v1" && hasOption(method, policy) && getOption(method, policy).anonymous
  );
}
