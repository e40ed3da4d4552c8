import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { tabs } from './tabs.js';

const workers = { json: 'json.worker.js', graphql: 'graphql.worker.js' };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(`/graphiql/${workers[label] ?? 'editor.worker.js'}`),
};

// Of the last sign-in on this page. Kept in memory only, so that closing the page forgets it.
let accessToken;

async function fetcher(request, { headers = {} } = {}) {
  const names = Object.keys(headers).map(name => name.toLowerCase());
  const identity =
    accessToken && !names.includes('authorization') ? { authorization: `Bearer ${accessToken}` } : {};
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      ...identity,
      ...headers,
    },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  const { login, completeLogin, refreshTokens } = answer.data ?? {};
  const tokens = (login ?? completeLogin ?? refreshTokens)?.tokens;
  if (tokens?.accessToken) {
    accessToken = tokens.accessToken;
  }
  return answer;
}

// GraphiQL takes the first tab's query from the tabs, but not its variables.
const firstVisit = localStorage.getItem('graphiql:tabState') === null;

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={tabs}
    defaultEditorToolsVisibility="variables"
    initialVariables={firstVisit ? tabs[0].variables : undefined}
  />,
);
