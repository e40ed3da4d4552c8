// Prints what of a GraphQL schema changed so that it breaks the users of the older one; ends with 1 if anything did.
//
//   node compare.mjs older.graphqls newer.graphqls
import { readFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const [older, newer] = process.argv.slice(2, 4).map((file) => buildSchema(readFileSync(file, 'utf8')));
const breaking = (await diff(older, newer)).filter((change) => change.criticality.level === CriticalityLevel.Breaking);
for (const { path, message } of breaking) console.error(`${path}: ${message}`);
if (breaking.length > 0) {
  console.error(`The GraphQL schema breaks its users in ${breaking.length} places; deprecate first.`);
  process.exit(1);
}
