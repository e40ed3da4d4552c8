import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "./gen/google/rpc/error_details_pb.js";

/** A field that breaks its bounds. */
export interface FieldViolation {
  /** The field's path in the request, such as `price.amount_minor`. */
  readonly field: string;
  /** What is wrong, for people. */
  readonly description: string;
}

/** What an error of the platform says. */
export interface AulaError {
  /** The canonical code, as in GraphQL's `extensions.code`: `NOT_FOUND`, `UNAVAILABLE`, … */
  readonly code: string;
  /** The reason out of the contract's `ErrorReason` enums, without prefix: `COURSE_NOT_FOUND`; empty if none was told. */
  readonly reason: string;
  /** What the reason is about, such as `{ status: "DRAFT" }`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What is wrong with the request, every field at once. */
  readonly fieldViolations: readonly FieldViolation[];
  /** How long to wait before trying again; undefined where trying again is no use. */
  readonly retryDelayMs: number | undefined;
  /** Names the request in the platform's logs; undefined when nothing was answered. */
  readonly requestId: string | undefined;
  /** Why the call's token did not hold, where the method is for anybody and answered as to a visitor: `TOKEN_EXPIRED`. */
  readonly ignoredToken: string | undefined;
  /** For people; decide by `code` and `reason`. */
  readonly message: string;
}

const DOMAIN = "aula";

/** Reads whatever a call threw; of what is no error of a call, `code` is `UNKNOWN` and `message` its text. */
export function aulaError(thrown: unknown): AulaError {
  const error = ConnectError.from(thrown);
  const info = error.findDetails(ErrorInfoSchema).find((detail) => detail.domain === DOMAIN);
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    code: canonical(error.code),
    reason: info?.reason ?? "",
    metadata: info?.metadata ?? {},
    fieldViolations: error
      .findDetails(BadRequestSchema)
      .flatMap((detail) => detail.fieldViolations)
      .map(({ field, description }) => ({ field, description })),
    retryDelayMs: delay && durationMs(delay),
    requestId: error.metadata.get("x-request-id") ?? undefined,
    ignoredToken: error.metadata.get("x-token-ignored") ?? undefined,
    message: error.rawMessage,
  };
}

/** `NotFound` becomes `NOT_FOUND`; the one that differs in spelling is gRPC's `CANCELLED`. */
function canonical(code: Code): string {
  if (code === Code.Canceled) return "CANCELLED";
  return (Code[code] ?? "Unknown").replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
