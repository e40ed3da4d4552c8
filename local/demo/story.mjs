// How the demo tells its story: one line a step, and an end at the first thing that is not as it should be.
import { isDeepStrictEqual } from "node:util";

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);

/** What was found is not what the story wants. */
class Difference extends Error {}

/** Runs one step and prints how it ended: `tell` shows what is under way, the value returned is what was found. */
export async function step(title, work) {
  const begun = performance.now();
  try {
    const { told = "", ...found } = (await work()) ?? {};
    clear();
    const milliseconds = `${Math.round(performance.now() - begun)} ms`;
    console.log(`${paint(32, "✓")} ${title}${told && `: ${told}`} ${paint(90, milliseconds)}`);
    return found;
  } catch (error) {
    clear();
    console.error(`${paint(31, "✗")} ${title}`);
    error.told = true;
    if (error instanceof Difference) console.error(paint(31, error.message));
    else console.error(paint(31, [error.message ?? error, error.cause?.message].filter(Boolean).join(": ")));
    throw error;
  }
}

/** A line under what was told last. */
export function note(text) {
  clear();
  console.log(`    ${text}`);
}

/** A line that the next one takes the place of; on no terminal nothing is shown. */
export function tell(text) {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K    ${text}`);
}

function clear() {
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[2K");
}

/** Ends the story unless both are the same. */
export function same(what, actual, expected) {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Difference(`  ${what}\n    expected: ${show(expected)}\n    actual:   ${show(actual)}`);
  }
}

/** Ends the story unless it holds. */
export function holds(what, condition, actual) {
  if (!condition) throw new Difference(`  expected: ${what}\n    actual: ${show(actual)}`);
}

/** Asks again until `done` says so; gives what was answered last, also when the time is over. */
export async function poll({ ask, done, every, until, watch = () => {} }) {
  const end = performance.now() + until;
  for (;;) {
    const answer = await ask();
    watch(answer);
    if (done(answer) || performance.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

function show(value) {
  return typeof value === "string" ? value : JSON.stringify(value, (_, part) => (typeof part === "bigint" ? Number(part) : part));
}
