// Subscriptions with the libraries that clients use: graphql-ws, and graphql-sse in both of its modes. The gateway tells
// of 20 % first, and lets the first access token end then; with the second one it tells of 40 %, and completes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient as sseClient } from 'graphql-sse';
import { createClient as wsClient } from 'graphql-ws';
import WebSocket from 'ws';

const url = process.env.GRAPHQL_URL;
const query = `subscription { courseProgress(courseId: "${process.env.COURSE_ID}") { progressPercentage } }`;

// As an app does: a fresh token each time that a connection is made.
function tokens() {
  const given = [];
  return { given, next: () => given.push(`Bearer token-${given.length}`) && given.at(-1) };
}

function heard(client) {
  return new Promise((resolve, reject) => {
    const percentages = [];
    client.subscribe({ query }, {
      next: ({ data, errors }) => (errors ? reject(new Error(JSON.stringify(errors))) : percentages.push(data.courseProgress.progressPercentage)),
      error: reject,
      complete: () => resolve(percentages),
    });
  });
}

test('graphql-ws comes again with a fresh token', async () => {
  const { given, next } = tokens();
  const client = wsClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: () => ({ authorization: next() }),
  });

  assert.deepEqual(await heard(client), [20, 40]);
  assert.equal(given.length, 2);
  await client.dispose();
});

for (const singleConnection of [false, true]) {
  test(`graphql-sse comes again with a fresh token, ${singleConnection ? 'single connection' : 'distinct connections'}`, async () => {
    const { given, next } = tokens();
    const client = sseClient({ url, singleConnection, headers: () => ({ authorization: next() }) });

    assert.deepEqual(await heard(client), [20, 40]);
    assert.ok(given.length >= 2);
    client.dispose();
  });
}

test('a query by graphql-ws', async () => {
  const client = wsClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket });

  const { value } = await client.iterate({ query: '{ courses(first: 2) { nodes { title } } }' }).next();

  assert.equal(value.data.courses.nodes.length, 2);
  await client.dispose();
});
