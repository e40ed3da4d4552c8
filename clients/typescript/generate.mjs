// Generates the stubs from the contract with the buf that the contract's build unpacked, and the list of the gRPC services
// that partners may call.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createFileRegistry, fromBinary, getOption } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
const buf = process.env.BUF ?? `${root}target/bin/buf`;
if (!existsSync(buf)) {
  console.error("buf is missing: `make proto` unpacks it, or point BUF at one.");
  process.exit(1);
}
// Maven unpacks it without the right to run it.
if (!process.env.BUF) chmodSync(buf, 0o755);
const generated = spawnSync(buf, ["generate", "--template", `${here}buf.gen.yaml`, "--output", here], {
  cwd: root,
  stdio: "inherit",
});
if (generated.error) console.error(`${buf}: ${generated.error.message}`);
if (generated.status !== 0) process.exit(generated.status ?? 1);
writeFileSync(`${here}src/gen/services.ts`, services(`${root}proto/target/classes/aula.binpb`));

/** The module that exports every gRPC service but those that only other services of the platform may call. */
function services(descriptorSet) {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptorSet)));
  const policy = registry.getExtension("aula.options.v1.policy");
  const forPartners = (method) => {
    const { anonymous, signedIn, owner, permissions } = getOption(method, policy);
    return anonymous || signedIn || owner || permissions.length > 0;
  };
  const lines = [];
  for (const type of registry) {
    if (type.kind === "service" && type.file.proto.package.startsWith("aula.") && type.methods.some(forPartners)) {
      lines.push(`export { ${type.name} } from "./${type.file.name}_pb.js";\n`);
    }
  }
  return lines.join("");
}
