// Automatic persisted queries of a gateway as it is: the links of Apollo Client and urql, unchanged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gql } from '@apollo/client';
import { apollo, recorder, urql } from './clients.js';

test('Apollo Client sends a document once, then its hash', async () => {
  const query = gql`query Apollo { courses(first: 2) { nodes { id title } } }`;
  const { sent, fetch } = recorder();
  const ask = () => apollo(fetch).query({ query });

  const first = await ask();
  const second = await ask();

  assert.deepEqual(second.data, first.data);
  assert.equal(first.data.courses.nodes.length, 2);
  assert.deepEqual(sent.map(({ text }) => text !== undefined), [false, true, false]);
});

test('Apollo Client asks for queries by GET, and caches may keep the answer', async () => {
  const query = gql`query ApolloGet($first: Int!) { courses(first: $first) { nodes { id title } } }`;
  const { sent, fetch } = recorder();
  const ask = () => apollo(fetch, { useGETForHashedQueries: true }).query({ query, variables: { first: 3 } });

  await ask();
  const { data } = await ask();

  assert.equal(data.courses.nodes.length, 3);
  const last = sent.at(-1);
  assert.equal(last.method, 'GET');
  assert.equal(last.text, undefined);
  assert.equal(last.headers.get('cache-control'), 'public, max-age=60');
  assert.match(last.headers.get('etag'), /^"/);
});

test('urql sends a document once, then its hash', async () => {
  const query = 'query Urql { courses(first: 2) { nodes { id title } } }';
  const { sent, fetch } = recorder();
  const ask = () => urql(fetch).query(query, {}).toPromise();

  const first = await ask();
  const second = await ask();

  assert.equal(first.error, undefined);
  assert.deepEqual(second.data, first.data);
  assert.deepEqual(sent.map(({ text }) => Boolean(text)), [false, true, false]);
});

test('urql asks for queries by GET, and caches may keep the answer', async () => {
  const query = 'query UrqlGet($first: Int!) { courses(first: $first) { nodes { id title } } }';
  const { sent, fetch } = recorder();
  const ask = () => urql(fetch, { preferGetForPersistedQueries: true }).query(query, { first: 3 }).toPromise();

  await ask();
  const { data, error } = await ask();

  assert.equal(error, undefined);
  assert.equal(data.courses.nodes.length, 3);
  assert.equal(sent.at(-1).method, 'GET');
  assert.equal(sent.at(-1).headers.get('cache-control'), 'public, max-age=60');
});

test('what is wrong with a document is told through the links', async () => {
  const { fetch } = recorder();

  const ofUrql = await urql(fetch).query('query { nowhere }', {}).toPromise();
  const ofApollo = await apollo(fetch).query({ query: gql`query { nowhere }`, errorPolicy: 'all' });

  assert.match(ofUrql.error.message, /nowhere/);
  assert.match(ofApollo.error.message, /nowhere/);
});
