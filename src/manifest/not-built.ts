import type { Path } from "./located.ts";
import type { Report } from "./report.ts";
import { displayPath } from "./located.ts";
import { matches, prune } from "./plain-value.ts";

interface NotBuilt {
  /** `*` stands for every key of a mapping. */
  readonly path: readonly string[];
  /** The values that are not built; all of them when it is left out. */
  readonly values?: readonly string[];
  /** What holds it cannot do without it, and is left out with it. */
  readonly required?: true;
  readonly help: string;
}

const AMBIENT = "Remove it: everything is in the account of the ambient credentials for now.";
const REMOVE = "Remove it for now.";

/** What a manifest may hold one day and this version refuses, by name. */
const notBuilt: readonly NotBuilt[] = [
  { path: ["accounts"], help: AMBIENT },
  { path: ["quotas"], help: REMOVE },
  { path: ["loadBalancers"], help: REMOVE },
  { path: ["sites"], help: REMOVE },
  { path: ["failover"], help: REMOVE },
  { path: ["ignore"], help: REMOVE },
  { path: ["zones", "*", "account"], help: AMBIENT },
  { path: ["zones", "*", "create"], help: "Create the hosted zone yourself; it is found by its name." },
  { path: ["zones", "*", "delegateFrom"], help: "Write the delegation yourself." },
  { path: ["zones", "*", "caa"], help: "Write the CAA records yourself." },
  { path: ["certificates", "*", "authority"], help: "Use a public certificate: `domains` only." },
  { path: ["certificates", "*", "arn"], help: "Let Signalbox request a certificate: `domains` only." },
  { path: ["apis", "*", "routing"], values: ["weighted", "failover", "simple"], help: "Use `routing: latency`." },
  { path: ["apis", "*", "record"], values: ["cname"], help: "Use `record: alias`." },
  { path: ["apis", "*", "ttl"], help: "Remove it: an alias record has the TTL of its target." },
  { path: ["apis", "*", "regionalHosts"], help: REMOVE },
  {
    path: ["apis", "*", "healthCheck", "host"],
    values: ["regional"],
    required: true,
    help: "Use `host: api`, the REST API's own host.",
  },
  { path: ["apis", "*", "regions", "*", "weight"], help: "Remove it: latency decides." },
  { path: ["apis", "*", "regions", "*", "role"], help: "Remove it: latency decides." },
];

/** Reports what is not built yet and takes it out of the value, so that nothing else is said about it. Gives the paths
 * of what the rules will miss: a certificate by ARN or authority names no domains. */
export function refuseNotBuilt(manifest: unknown, report: Report): readonly Path[] {
  const found = notBuilt.flatMap((entry) =>
    matches(manifest, entry.path)
      .filter(({ value }) => entry.values === undefined || entry.values.some((each) => each === value))
      .map(({ path, value }) => ({ entry, path, value })),
  );
  for (const { entry, path, value } of found) {
    const what = entry.values === undefined ? displayPath(path) : `${displayPath(path)}: \`${String(value)}\``;
    const on = entry.values === undefined ? "key" : "value";
    report({ code: "NOT_BUILT_YET", message: `${what} is not built yet.`, help: entry.help }, path, on);
  }
  for (const { entry, path } of found) prune(manifest, entry.required ? path.slice(0, -1) : path);
  return found.map(({ path }) => path).filter(([section]) => section === "certificates");
}
