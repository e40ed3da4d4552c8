export { Code } from "@connectrpc/connect";
export { createAulaClient, type AccessToken, type AulaClient, type AulaClientOptions } from "./client.js";
export { aulaError, type AulaError, type FieldViolation } from "./error.js";
