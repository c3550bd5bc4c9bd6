import type { Path } from "./located.ts";
import type { Report } from "./report.ts";
import { displayPath } from "./located.ts";
import { matches } from "./plain-value.ts";

interface NotBuilt {
  /** `*` stands for every key of a mapping. */
  readonly path: readonly string[];
  /** The values that are not built; all of them when it is left out. */
  readonly values?: readonly string[];
  readonly help: string;
}

const REMOVE = "Remove it for now.";

/** What a manifest may hold one day and this version refuses, by name. */
const notBuilt: readonly NotBuilt[] = [
  { path: ["loadBalancers"], help: REMOVE },
  { path: ["sites"], help: REMOVE },
  { path: ["failover"], help: REMOVE },
  { path: ["ignore"], help: REMOVE },
  { path: ["zones", "*", "create"], help: "Create the hosted zone yourself; it is found by its name." },
  { path: ["zones", "*", "delegateFrom"], help: "Write the delegation yourself." },
  { path: ["zones", "*", "caa"], help: "Write the CAA records yourself." },
  { path: ["certificates", "*", "authority"], help: "Use a public certificate: `domains` only." },
  { path: ["certificates", "*", "arn"], help: "Let Signalbox request a certificate: `domains` only." },
  { path: ["apis", "*", "regionalHosts"], help: REMOVE },
  {
    path: ["apis", "*", "healthCheck", "host"],
    values: ["regional"],
    help: "Use `host: api`, the REST API's own host.",
  },
];

const patterns = notBuilt.map(({ path }) => path);

/** Reports what is not built yet. Its values are held against the schema and the rules all the same. Gives the paths of
 * what the rules will miss: a certificate by ARN or authority names no domains. */
export function refuseNotBuilt(manifest: unknown, report: Report): readonly Path[] {
  const missed: Path[] = [];
  for (const { pattern, path, value } of matches(manifest, patterns)) {
    const entry = notBuilt[pattern];
    if (entry === undefined || !(entry.values?.some((each) => each === value) ?? true)) continue;
    const what = entry.values === undefined ? displayPath(path) : `${displayPath(path)}: \`${String(value)}\``;
    const on = entry.values === undefined ? "key" : "value";
    report({ code: "NOT_BUILT_YET", message: `${what} is not built yet.`, help: entry.help }, path, on);
    if (path[0] === "certificates") missed.push(path);
  }
  return missed;
}
