// A gateway where automatic persisted queries are switched off: the links of both clients send documents from then on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gql } from '@apollo/client';
import { apollo, recorder, urql } from './clients.js';

// Different, so that no client has the second answer already.
const document = first => `query Catalog${first} { courses(first: ${first}) { nodes { id title } } }`;

test('Apollo Client', async () => {
  const { sent, fetch } = recorder();
  const client = apollo(fetch);

  await client.query({ query: gql(document(1)) });
  const { data } = await client.query({ query: gql(document(2)) });

  assert.equal(data.courses.nodes.length, 2);
  assert.deepEqual(sent.map(({ text }) => text !== undefined), [false, true, true]);
});

test('urql', async () => {
  const { sent, fetch } = recorder();
  const client = urql(fetch);

  await client.query(document(1), {}).toPromise();
  const { data, error } = await client.query(document(2), {}).toPromise();

  assert.equal(error, undefined);
  assert.equal(data.courses.nodes.length, 2);
  assert.deepEqual(sent.map(({ text }) => Boolean(text)), [false, true, true]);
});
