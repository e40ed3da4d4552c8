// GraphQL over HTTP, as a frontend would send it.

/** A top-level error of an answer. */
export class GraphqlError extends Error {
  constructor(errors) {
    super(errors.map(({ message, path, extensions }) => `  ${(path ?? []).join(".")}: ${message} ${JSON.stringify(extensions ?? {})}`).join("\n"));
    this.code = errors[0]?.extensions?.code;
    this.reason = errors[0]?.extensions?.reason;
  }
}

/** One caller: a visitor, or whoever the token belongs to. */
export function graphqlClient(url, accessToken) {
  async function send(query, variables) {
    const answer = await fetch(url, {
      method: "POST",
      headers: {
        accept: "application/graphql-response+json, application/json",
        "content-type": "application/json",
        ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      throw new Error(`  ${url} answered ${answer.status} with something that is no JSON: ${text.slice(0, 300)}`);
    }
    if (body.errors?.length) throw new GraphqlError(body.errors);
    return body.data;
  }

  return {
    /** The data of an answer without errors. */
    query: send,
    /** The payload of the one mutation in it; `userErrors` end the story unless they are asked for. */
    async mutate(mutation, input, { userErrors = false } = {}) {
      const payload = Object.values(await send(mutation, { input }))[0];
      if (!userErrors && payload.userErrors.length) {
        throw new Error(payload.userErrors.map(({ code, message, field }) => `  ${code} ${(field ?? []).join(".")}: ${message}`).join("\n"));
      }
      return payload;
    },
    /** The error of a request that must not succeed. */
    async refused(query, variables) {
      try {
        return { data: await send(query, variables) };
      } catch (error) {
        if (error instanceof GraphqlError) return { code: error.code, reason: error.reason };
        throw error;
      }
    },
  };
}

/** The UUID in a global id, for calls to services. */
export function uuidOf(globalId) {
  return Buffer.from(globalId, "base64url").toString().split(":")[1];
}
