import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { aulaError, createAulaClient, createServiceClient } from "@aula/client";
import { TagService } from "@aula/client/aula/courses/v1/tag_service";
import { ProgressService } from "@aula/client/aula/enrollments/v1/progress_service";
import { build } from "esbuild";

test("there is no method that browsers cannot call", () => {
  const { progress } = createAulaClient({ baseUrl: "http://localhost" });

  assert.equal(ProgressService.method.streamProgress.methodKind, "client_streaming");
  assert.ok(!("streamProgress" in progress));
  assert.equal(typeof progress.deleteLessonNote, "function");
});

test("a server that is not there is unavailable", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  const client = createServiceClient(TagService, { baseUrl: `http://127.0.0.1:${port}` });

  const error = await client.listTags({}).then(() => assert.fail("answered"), aulaError);

  assert.equal(error.code, "UNAVAILABLE");
});

test("a bundle holds the services that it uses", async () => {
  const bundled = async (source: string) => {
    const { metafile } = await build({
      stdin: { contents: source, resolveDir: fileURLToPath(new URL("../../../", import.meta.url)), loader: "js" },
      bundle: true,
      format: "esm",
      write: false,
      minify: true,
      logLevel: "silent",
      metafile: true,
    });
    return Object.values(metafile.outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
  };
  const one = await bundled(
    'import { createServiceClient } from "@aula/client"; import { TagService } from "@aula/client/aula/courses/v1/tag_service";' +
      'console.log(createServiceClient(TagService, { baseUrl: "" }));',
  );
  const all = await bundled('import { createAulaClient } from "@aula/client"; console.log(createAulaClient({ baseUrl: "" }));');

  const domains = (files: string[]) => new Set(files.flatMap((file) => /gen\/aula\/([a-z]+)\/v1\/.*service_pb/.exec(file)?.[1] ?? []));
  assert.ok(domains(all).size > 5);
  assert.deepEqual([...domains(one)].sort(), ["courses"]);
});
