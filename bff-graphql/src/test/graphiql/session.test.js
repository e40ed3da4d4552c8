import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSession } from '../../main/graphiql/session.js';

const operation = (kind, ...fields) => ({
  kind: 'OperationDefinition',
  operation: kind,
  selectionSet: { selections: fields.map(name => ({ kind: 'Field', name: { value: name } })) },
});
const LOGIN = operation('mutation', 'login');
const VIEWER = operation('query', 'viewer');
const ENROLL = operation('mutation', 'enroll');

// A gateway that takes one access token only, and what it was sent.
function gateway() {
  const fake = { good: 1, refreshes: 0, sent: [], ended: false };
  const pair = () => ({
    accessToken: `access-${fake.good}`,
    accessTokenExpireTime: new Date(Date.now() + (fake.life ?? 900_000)).toISOString(),
    refreshToken: `refresh-${fake.good}`,
  });
  fake.post = async ({ query }, { authorization } = {}) => {
    const name = /login|refreshTokens|logout|viewer|enroll|courses/.exec(query)[0];
    fake.sent.push(`${name} ${authorization ?? ''}`);
    const holds = authorization === `Bearer access-${fake.good}`;
    if (name === 'login') return { data: { login: { tokens: pair() } } };
    if (name === 'logout') return { data: { logout: { userErrors: [] } } };
    if (name === 'refreshTokens') {
      if (fake.ended) return { data: { refreshTokens: { tokens: null, userErrors: [{ code: 'REFRESH_TOKEN_INVALID' }] } } };
      fake.refreshes++;
      fake.good++;
      return { data: { refreshTokens: { tokens: pair(), userErrors: [] } } };
    }
    if (name === 'courses') return { data: { courses: [] }, extensions: holds || !authorization ? {} : { tokenIgnored: 'TOKEN_EXPIRED' } };
    if (!holds) return { data: { [name]: null }, errors: [{ extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED' } }] };
    return { data: { [name]: { account: { email: 'ada@example.org', roles: ['student'] } } } };
  };
  return fake;
}

async function signedIn(fake) {
  const told = [];
  const session = createSession(fake.post, account => told.push(account));
  await session.send({ query: 'login' }, LOGIN);
  await new Promise(setImmediate);
  fake.sent.length = 0;
  return { session, told };
}

test('it shows who is signed in, and who is no more', async () => {
  const fake = gateway();
  const { session, told } = await signedIn(fake);

  await session.signOut();

  assert.deepEqual(told, [{ email: 'ada@example.org', roles: ['student'] }, null]);
  assert.deepEqual(fake.sent, ['logout ']);
});

test('what renews a session is sent without a token', async () => {
  const fake = gateway();
  const { session } = await signedIn(fake);
  fake.good = 7;

  await session.send({ query: 'login' }, LOGIN);

  assert.equal(fake.sent[0], 'login ');
});

test('a token that no longer holds is renewed once, and the requests are sent again', async () => {
  const fake = gateway();
  const { session } = await signedIn(fake);
  fake.good = 7;

  const answers = await Promise.all([
    session.send({ query: 'viewer' }, VIEWER),
    session.send({ query: 'enroll' }, ENROLL),
    session.send({ query: 'courses' }, operation('query', 'courses')),
  ]);

  assert.equal(fake.refreshes, 1);
  assert.ok(answers.every(({ errors }) => !errors));
  assert.equal(fake.sent.at(-1).split(' ')[2], 'access-8');
});

test('a token that is about to end is renewed before', async () => {
  const fake = gateway();
  fake.life = 10_000;
  const { session } = await signedIn(fake);

  await session.send({ query: 'viewer' }, VIEWER);

  assert.deepEqual(fake.sent.slice(0, 1), ['refreshTokens ']);
  assert.ok(fake.sent.includes('viewer Bearer access-2'));
});

test('a session that has ended leaves a visitor and the answer as it came', async () => {
  const fake = gateway();
  const { session, told } = await signedIn(fake);
  fake.good = 7;
  fake.ended = true;

  const answer = await session.send({ query: 'viewer' }, VIEWER);
  await session.send({ query: 'courses' }, operation('query', 'courses'));

  assert.equal(answer.errors[0].extensions.reason, 'TOKEN_EXPIRED');
  assert.equal(told.at(-1), null);
  assert.equal(fake.sent.at(-1), 'courses ');
});

test('a header that somebody typed wins', async () => {
  const fake = gateway();
  const { session } = await signedIn(fake);

  await session.send({ query: 'viewer' }, VIEWER, { Authorization: 'Bearer mine' });

  assert.equal(fake.refreshes, 0);
  assert.equal(fake.sent.length, 1);
});
