// Who is signed in on this page, and how its requests carry that. Kept in memory only: closing the page forgets it.

// What begins, renews or ends a session, or needs none. Sent without a token. A test compares it with the contract.
export const WITHOUT_TOKEN = new Set([
  'completeLogin',
  'login',
  'logout',
  'refreshTokens',
  'register',
  'registrationState',
  'requestPasswordReset',
  'resendVerification',
  'resetPassword',
  'verifyEmail',
]);

// Reasons for which a token is renewed.
const PASSED = new Set(['TOKEN_EXPIRED', 'TOKEN_STALE']);
const SOON_MS = 30_000;
const REFRESH = `mutation ($input: RefreshTokensInput!) {
  refreshTokens(input: $input) { tokens { accessToken accessTokenExpireTime refreshToken } userErrors { code } }
}`;
const LOGOUT = 'mutation ($input: LogoutInput!) { logout(input: $input) { userErrors { code } } }';
const VIEWER = '{ viewer { account { email roles } } }';

// post(request, headers) sends a request and gives the answer; onChange is told who is signed in, null for nobody.
export function createSession(post, onChange = () => {}) {
  let tokens = null;
  let renewal = null;

  const bearer = () => (tokens ? { authorization: `Bearer ${tokens.accessToken}` } : {});

  function begin(next) {
    // A query that does not ask for the refresh token begins a session that cannot be renewed.
    tokens = { ...next, expires: Date.parse(next.accessTokenExpireTime) || Infinity };
    const begun = tokens;
    post({ query: VIEWER }, bearer()).then(answer => {
      const account = answer.data?.viewer?.account;
      if (tokens === begun && account) onChange(account);
    }, () => {});
  }

  function end() {
    tokens = null;
    onChange(null);
  }

  async function exchange(spent) {
    const answer = await post({ query: REFRESH, variables: { input: { refreshToken: spent.refreshToken } } }, {});
    // Who signed in or out meanwhile stays so.
    if (tokens !== spent) return;
    const payload = answer.data?.refreshTokens;
    if (payload?.tokens) begin(payload.tokens);
    else if (payload?.userErrors?.length || refused(answer)) end();
  }

  async function renew() {
    if (!tokens?.refreshToken) return false;
    const before = tokens;
    renewal ??= exchange(tokens).finally(() => {
      renewal = null;
    });
    await renewal;
    return tokens !== null && tokens !== before;
  }

  return {
    // Sends what somebody typed: with the token where it may count, and once more where it did not hold.
    async send(request, operation, headers = {}) {
      const own = Object.keys(headers).some(name => name.toLowerCase() === 'authorization');
      if (own || needsNoToken(operation)) {
        const answer = await post(request, headers);
        notice(answer);
        return answer;
      }
      if (tokens && tokens.expires - Date.now() < SOON_MS) await renew();
      const sent = tokens;
      const answer = await post(request, { ...bearer(), ...headers });
      if (!sent || !hasPassed(answer, operation)) return answer;
      const renewed = tokens === sent ? await renew() : tokens !== null;
      return renewed ? post(request, { ...bearer(), ...headers }) : answer;
    },

    async signOut() {
      const ended = tokens;
      end();
      if (ended?.refreshToken) await post({ query: LOGOUT, variables: { input: { refreshToken: ended.refreshToken } } }, {});
    },
  };

  // Takes the tokens of whatever signed somebody in, under whatever name.
  function notice(answer) {
    for (const payload of Object.values(answer.data ?? {})) {
      if (payload?.tokens?.accessToken) begin(payload.tokens);
    }
  }
}

function refused(answer) {
  return (answer.errors ?? []).some(error => error.extensions?.code === 'UNAUTHENTICATED' || error.extensions?.code === 'PERMISSION_DENIED');
}

// A query is asked again where any part of it missed the token, a mutation where nothing of it was done.
function hasPassed(answer, operation) {
  const reasons = (answer.errors ?? []).map(error => error.extensions?.reason);
  if (operation?.operation === 'mutation') {
    return reasons.length > 0 && reasons.every(reason => PASSED.has(reason)) && isEmpty(answer.data);
  }
  return PASSED.has(answer.extensions?.tokenIgnored) || reasons.some(reason => PASSED.has(reason));
}

function isEmpty(data) {
  return Object.values(data ?? {}).every(value => value === null);
}

// Whether every field of the operation is one of those above.
export function needsNoToken(operation) {
  const fields = operation?.selectionSet?.selections ?? [];
  return fields.length > 0 && fields.every(field => field.kind === 'Field' && (WITHOUT_TOKEN.has(field.name.value) || field.name.value === '__typename'));
}

// The operation of a document that a request asks for.
export function operationOf(document, name) {
  const operations = (document?.definitions ?? []).filter(definition => definition.kind === 'OperationDefinition');
  return name ? operations.find(operation => operation.name?.value === name) : operations[0];
}
