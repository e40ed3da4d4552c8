// Who calls: the platform's access tokens, verified with the keys that auth publishes. A token that was verified once is
// known until it expires, as in the platform.
import { createPublicKey, verify } from "node:crypto";

const MAX_TOKENS = 10_000;

/** @param {string} jwksJson */
export function verifier(jwksJson) {
  const keys = new Map(JSON.parse(jwksJson).keys.map((key) => [key.kid, createPublicKey({ key, format: "jwk" })]));
  const verified = new Map();
  return (header) => {
    if (!header) return null;
    const token = header.replace(/^Bearer /i, "");
    let claims = verified.get(token);
    if (!claims) {
      claims = read(token, keys);
      if (verified.size >= MAX_TOKENS) verified.clear();
      verified.set(token, claims);
    }
    if (Date.now() >= claims.exp * 1000) throw new Error("the token is past its time");
    return claims;
  };
}

function read(token, keys) {
  const [head, body, signature] = token.split(".");
  const decoded = (part) => JSON.parse(Buffer.from(part, "base64url").toString());
  const { alg, kid } = decoded(head);
  const key = alg === "ES256" ? keys.get(kid) : undefined;
  const signed = Buffer.from(`${head}.${body}`);
  const good = key && verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  const claims = decoded(body);
  if (!good || claims.iss !== "aula" || ![claims.aud].flat().includes("aula") || !claims.exp || !claims.sub) {
    throw new Error("the token is not valid");
  }
  return claims;
}
