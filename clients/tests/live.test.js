// What happens in the platform is told to who watches, through the edge: a learner completes a lesson in one window, and
// others, by graphql-ws and by graphql-sse, see the course's progress move.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient as sseClient } from 'graphql-sse';
import { createClient as wsClient } from 'graphql-ws';
import WebSocket from 'ws';

const { GRAPHQL_URL: url, TOKEN: token, COURSE_ID: courseId, ENROLLMENT_ID: enrollmentId, LESSON_ID: lessonId } = process.env;
const authorization = `Bearer ${token}`;
const query = 'subscription($courseId: ID!) { courseProgress(courseId: $courseId) { progressPercentage lessonProgress { lessonId status } } }';

async function complete() {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({
      query: 'mutation($input: CompleteLessonInput!) { completeLesson(input: $input) { userErrors { code } } }',
      variables: { input: { enrollmentId, lessonId } },
    }),
  });
  assert.deepEqual(await response.json().then(({ data }) => data.completeLesson.userErrors), []);
}

test('a lesson that is completed ticks everywhere', async () => {
  const clients = [
    wsClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, connectionParams: { authorization } }),
    sseClient({ url, headers: { authorization } }),
    sseClient({ url, headers: { authorization }, singleConnection: true }),
  ];
  const streams = clients.map(client => client.iterate({ query, variables: { courseId } }));

  for (const stream of streams) {
    const { value } = await stream.next();
    assert.equal(value.errors, undefined, JSON.stringify(value.errors));
    assert.equal(value.data.courseProgress.progressPercentage, 0);
  }
  await complete();

  for (const stream of streams) {
    const { value } = await stream.next();
    assert.equal(value.data.courseProgress.lessonProgress[0].status, 'COMPLETED');
    await stream.return();
  }
  for (const client of clients) {
    await client.dispose();
  }
});
