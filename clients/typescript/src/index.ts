export { Code } from "@connectrpc/connect";
export type { AccessToken, TokenSource } from "./authorize.js";
export {
  createAulaClient,
  createAulaTransport,
  createServiceClient,
  type AulaClient,
  type AulaClientOptions,
  type ServiceClient,
} from "./client.js";
export { aulaError, type AulaError, type FieldViolation } from "./error.js";
export { createSession, type Session, type SessionOptions, type SessionTokens } from "./session.js";
