// Runs the audits of graphql-http against the address given and prints one JSON line for each.
import { serverAudits } from 'graphql-http';

const url = process.argv[2];

for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  const line = { id: audit.id, name: audit.name, status: result.status };
  if (result.status !== 'ok') {
    line.reason = result.reason;
    line.answered = `${result.response?.status} ${result.response?.headers.get('content-type')}`;
  }
  console.log(JSON.stringify(line));
}
