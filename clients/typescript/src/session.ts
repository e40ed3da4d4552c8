import { timestampMs } from "@bufbuild/protobuf/wkt";
import type { TokenSource } from "./authorize.js";
import { type AulaClientOptions, createServiceClient } from "./client.js";
import { aulaError } from "./error.js";
import type { TokenPair } from "./gen/aula/auth/v1/account_pb.js";
import { AuthService } from "./gen/aula/auth/v1/auth_service_pb.js";

/** What a session is made of: keep it where it is safe, and give it back to go on after a reload. */
export interface SessionTokens {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly accessTokenExpires: number;
  readonly refreshToken: string;
}

export interface SessionOptions extends Omit<AulaClientOptions, "accessToken"> {
  /** Of an earlier session, to go on with it. */
  readonly tokens?: SessionTokens | undefined;
  /** Told of new tokens, and of `undefined` when the session has ended. */
  readonly onChange?: (tokens: SessionTokens | undefined) => void;
}

/** Somebody who is signed in, or nobody. Refreshes the tokens by itself, once for all calls that need it at the same time. */
export interface Session extends TokenSource {
  /** The tokens; undefined when nobody is signed in. */
  readonly tokens: SessionTokens | undefined;
  /** Takes what `login`, `completeLogin` or `refreshTokens` gave. */
  begin(tokens: TokenPair): void;
  /** Ends the session, here at once and on the server. */
  end(): Promise<void>;
}

/** A token that ends within this is renewed before it is used. */
const SOON_MS = 30_000;

/** A session of which clients take their tokens: `createAulaClient({ baseUrl, accessToken: session })`. */
export function createSession(options: SessionOptions): Session {
  const { tokens: given, onChange, ...connection } = options;
  const auth = createServiceClient(AuthService, connection);
  let tokens = given;
  let renewal: Promise<string | undefined> | undefined;

  const set = (next: SessionTokens | undefined) => {
    tokens = next;
    onChange?.(next);
  };

  const exchange = async (spent: SessionTokens): Promise<string | undefined> => {
    try {
      const answer = await auth.refreshTokens({ refreshToken: spent.refreshToken });
      // Who signed out or in meanwhile stays so.
      if (tokens === spent) set(answer.tokens && fromProto(answer.tokens));
    } catch (thrown) {
      const { code } = aulaError(thrown);
      if (code !== "UNAUTHENTICATED" && code !== "PERMISSION_DENIED") throw thrown;
      if (tokens === spent) set(undefined);
    }
    return tokens?.accessToken;
  };

  const refresh = (): Promise<string | undefined> => {
    if (!tokens) return Promise.resolve(undefined);
    renewal ??= exchange(tokens).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  return {
    get tokens() {
      return tokens;
    },
    begin: (pair) => set(fromProto(pair)),
    async end() {
      const ended = tokens;
      set(undefined);
      if (ended) await auth.logout({ refreshToken: ended.refreshToken });
    },
    async accessToken() {
      if (!tokens || tokens.accessTokenExpires - Date.now() > SOON_MS) return tokens?.accessToken;
      return refresh();
    },
    async renew(refused) {
      return tokens?.accessToken === refused ? refresh() : tokens?.accessToken;
    },
  };
}

function fromProto(pair: TokenPair): SessionTokens {
  return {
    accessToken: pair.accessToken,
    accessTokenExpires: pair.accessTokenExpireTime ? timestampMs(pair.accessTokenExpireTime) : 0,
    refreshToken: pair.refreshToken,
  };
}
