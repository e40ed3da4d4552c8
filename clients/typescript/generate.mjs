// Generates the stubs from the contract with the buf that the contract's build unpacked.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const buf = process.env.BUF ?? `${root}target/bin/buf`;
if (!existsSync(buf)) {
  console.error("buf is missing: `make proto` unpacks it, or point BUF at one.");
  process.exit(1);
}
// Maven unpacks it without the right to run it.
if (!process.env.BUF) chmodSync(buf, 0o755);
const template = fileURLToPath(new URL("buf.gen.yaml", import.meta.url));
const generated = spawnSync(buf, ["generate", "--template", template, "--output", fileURLToPath(new URL(".", import.meta.url))], {
  cwd: root,
  stdio: "inherit",
});
if (generated.error) console.error(`${buf}: ${generated.error.message}`);
process.exit(generated.status ?? 1);
