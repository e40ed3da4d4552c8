import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createSession, operationOf } from './session.js';
import { tabs } from './tabs.js';

const workers = { json: 'json.worker.js', graphql: 'graphql.worker.js' };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(`/graphiql/${workers[label] ?? 'editor.worker.js'}`),
};

async function post(request, headers) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(request),
  });
  return response.json();
}

let account = null;
const listeners = new Set();
const session = createSession(post, next => {
  account = next;
  listeners.forEach(listener => listener());
});

const fetcher = (request, { headers, documentAST } = {}) =>
  session.send(request, operationOf(documentAST, request.operationName), headers);

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function WhoIsSignedIn() {
  const who = useSyncExternalStore(subscribe, () => account);
  return (
    <div id="who" role="status">
      {who ? (
        <>
          Signed in as <b>{who.email}</b> ({who.roles.join(', ')}){' '}
          <button type="button" onClick={() => session.signOut()}>
            Sign out
          </button>
        </>
      ) : (
        'Nobody is signed in: the tab SignIn does it.'
      )}
    </div>
  );
}

// GraphiQL takes the first tab's query from the tabs, but not its variables.
const firstVisit = localStorage.getItem('graphiql:tabState') === null;

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={tabs}
    defaultEditorToolsVisibility="variables"
    initialVariables={firstVisit ? tabs[0].variables : undefined}
  >
    <GraphiQL.Footer>
      <WhoIsSignedIn />
    </GraphiQL.Footer>
  </GraphiQL>,
);
