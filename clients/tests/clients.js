// Clients with their links for persisted documents, and what they sent.
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';

const url = process.env.GRAPHQL_URL;

// A fetch that notes what is sent: the method, the document if it was in it, and what came back.
export function recorder() {
  const sent = [];
  const recording = async (address, options = {}) => {
    const asked = options.method === 'POST' ? JSON.parse(options.body) : Object.fromEntries(new URL(address).searchParams);
    const response = await fetch(address, options);
    sent.push({ method: options.method ?? 'GET', text: asked.query, headers: response.headers });
    return response;
  };
  return { sent, fetch: recording };
}

const sha256 = text => createHash('sha256').update(text).digest('hex');

export function apollo(fetch, persisted = {}) {
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([
      new PersistedQueryLink(persisted.generateHash ? persisted : { sha256, ...persisted }),
      new HttpLink({ uri: url, fetch }),
    ]),
  });
}

export function urql(fetch, persisted = {}) {
  return new Client({ url, fetch, exchanges: [persistedExchange(persisted), fetchExchange], preferGetMethod: false });
}
