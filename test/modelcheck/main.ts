import { asExpected } from "./case.ts";
import { CASES } from "./cases.ts";
import type { Case } from "./case.ts";
import type { Explored } from "./explore.ts";

// npm run modelcheck               the table; --deep: with larger bounds, too
// npm run modelcheck -- --trace V7 the shortest way to what a variant breaks
// Exit code 1: the protocol breaks, a variant is not found broken, or a bound was too small to say.

const MAX_STATES = 4_000_000;
const MAX_STATES_DEEP = 20_000_000;

const row = (cells: readonly string[]): string =>
  [14, 56, 70, 10, 12, 6]
    .map((width, index) => (index < 3 ? cells[index]!.padEnd(width) : cells[index]!.padStart(width)))
    .join(" ")
    .trimEnd();

function verdict(each: Case, found: Explored): string {
  if (found.truncated) return "TOO LARGE";
  const broken = found.finding?.broken.split(":")[0];
  if (asExpected(each, found)) return broken === undefined ? "holds" : `${broken} broken`;
  return broken === undefined ? "NOT FOUND" : `BREAKS ${broken}`;
}

function table(deep: boolean): boolean {
  const cases = CASES.filter(({ size }) => deep || size !== "deep");
  console.log(row(["model", "variant", "", "states", "verdict", "trace"]));
  let good = true;
  let states = 0;
  for (const each of cases) {
    const found = each.check(deep ? MAX_STATES_DEEP : MAX_STATES);
    good &&= asExpected(each, found);
    states += found.states;
    const length = found.finding === undefined ? "" : String(found.finding.trace.length);
    console.log(row([each.model, each.id, each.says, String(found.states), verdict(each, found), length]));
  }
  const { user, system } = process.cpuUsage();
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const seconds = Math.round((user + system) / 1e6);
  console.log(
    `\n${String(cases.length)} cases, ${String(states)} states, ${String(seconds)} s CPU, ${String(megabytes)} MB`,
  );
  return good;
}

function trace(id: string): boolean {
  const found = CASES.find((each) => each.id.toLowerCase() === id.toLowerCase() && each.breaks !== undefined);
  if (found === undefined) {
    const known = CASES.flatMap((each) => (each.breaks === undefined ? [] : [each.id]));
    console.error(`There is no variant ${id}. There are ${known.join(", ")}.`);
    return false;
  }
  const { finding } = found.check(MAX_STATES);
  console.log(`${found.id} (${found.model}): ${found.says}\n`);
  if (finding === undefined) {
    console.log("Nothing is broken.");
    return false;
  }
  if (finding.from !== undefined) console.log(`from  ${finding.from}`);
  finding.trace.forEach((step, index) => console.log(`${String(index + 1).padStart(4)}  ${step}`));
  console.log(`  ==> ${finding.broken}`);
  return true;
}

const [option, value] = process.argv.slice(2);
if (option !== undefined && option !== "--deep" && option !== "--trace") {
  console.error("Usage: npm run modelcheck [-- --deep | --trace VARIANT]");
  process.exitCode = 2;
} else {
  const good = option === "--trace" ? trace(value ?? "") : table(option === "--deep");
  if (!good) process.exitCode = 1;
}
