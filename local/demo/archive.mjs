// The course archive of the story: the one that was named, or the folder `demo-course` packed by tar.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is known of courses that the story is told with: any other is only counted. */
const KNOWN = {
  "demo-course.tar.gz": { sections: 2, lessons: 4, pages: 5 },
  "open-edx-demo-course.tar.gz": { lessons: 20, pages: 58 },
};

export function courseArchive(path) {
  const bytes = path ? readFileSync(path) : packed();
  const fileName = path ? basename(path) : "demo-course.tar.gz";
  return { bytes, fileName, sha256: sha256(bytes), expected: KNOWN[fileName] ?? {} };
}

export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

function packed() {
  const folder = mkdtempSync(join(tmpdir(), "aula-demo-"));
  try {
    const archive = join(folder, "demo-course.tar.gz");
    execFileSync("tar", ["-czf", archive, "-C", fileURLToPath(new URL("..", import.meta.url)), "demo-course"]);
    return readFileSync(archive);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
