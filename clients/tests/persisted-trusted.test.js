// A gateway that runs the documents of manifests/ only. apollo.json was written by @apollo/generate-persisted-query-manifest
// 1.4.0, codegen.json by @graphql-codegen/client-preset 6.2.0 with `persistedDocuments: true`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gql } from '@apollo/client';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { apollo, recorder, urql } from './clients.js';

const manifest = name => JSON.parse(readFileSync(new URL(`manifests/${name}.json`, import.meta.url), 'utf8'));
const [[codegenId, codegenText]] = Object.entries(manifest('codegen'));
const variables = { first: 2 };

test('Apollo Client by ids of its manifest', async () => {
  const { sent, fetch } = recorder();
  const ids = generatePersistedQueryIdsFromManifest({ loadManifest: () => manifest('apollo') });
  const client = apollo(fetch, ids);

  const { data } = await client.query({ query: gql(manifest('apollo').operations[0].body), variables });

  assert.equal(data.courses.nodes.length, 2);
  assert.deepEqual(sent.map(({ text }) => text), [undefined]);
});

test('urql by hashes that graphql-codegen put into the documents', async () => {
  const { sent, fetch } = recorder();
  const client = urql(fetch, { enforcePersistedQueries: true, generateHash: async () => codegenId });

  const { data, error } = await client.query(codegenText, variables).toPromise();

  assert.equal(error, undefined);
  assert.equal(data.courses.nodes.length, 2);
  assert.deepEqual(sent.map(({ text }) => Boolean(text)), [false]);
});

test('any client by documentId', async () => {
  const { fetch } = recorder();
  const response = await fetch(process.env.GRAPHQL_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentId: codegenId, variables }),
  });

  assert.equal((await response.json()).data.courses.nodes.length, 2);
});

test('nothing else', async () => {
  const { fetch } = recorder();
  const other = 'query Other { courses(first: 2) { nodes { slug } } }';

  const ofUrql = await urql(fetch).query(other, {}).toPromise();
  const ofApollo = await apollo(fetch).query({ query: gql(other), errorPolicy: 'all' });

  assert.equal(ofUrql.error.graphQLErrors[0].extensions.reason, 'DOCUMENT_NOT_TRUSTED');
  assert.equal(ofApollo.error.errors[0].extensions.reason, 'DOCUMENT_NOT_TRUSTED');
});
