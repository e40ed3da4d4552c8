// PostGraphile on the same database, over the views of sql/postgraphile.sql, which name the relations that the page
// walks. Callers are verified as the platform does; what is theirs, the views find by the setting of the request.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { auth, call } from "./services.mjs";
import { verifier } from "./token.mjs";

const callerOf = verifier((await call(auth, "getJwks", {})).jwksJson);

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: `postgres://postgres:${process.env.POSTGRES_PASSWORD}@${process.env.POSTGRES_AT}/aula`,
      schemas: ["page"],
      poolConfig: { max: 4 },
    }),
  ],
  schema: { defaultBehavior: "-connection +list -insert -update -delete" },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: {
    explain: false,
    context: ({ node }) => {
      const caller = callerOf(node?.req.headers.authorization);
      return { pgSettings: { role: "page_reader", "aula.caller": caller?.sub ?? "" } };
    },
  },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
