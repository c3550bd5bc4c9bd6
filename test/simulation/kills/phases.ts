import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { display } from "../../../src/dns/domain-name.ts";
import type { ApiSection, Manifest } from "../../../src/manifest/manifest.ts";
import { readManifest } from "../../../src/manifest/read.ts";
import type { PlanOptions } from "../../../src/plan/options.ts";
import { CONVERGE, RETIRE, prepare, reconcile, world } from "../../world/world.ts";
import { invite } from "../../property/strangers.ts";
import { underWatch } from "./kill.ts";
import type { Phase } from "./kill.ts";

const FOLDER = "manifests";

/** The examples that a user gets: every manifest of the folder. */
export const manifestFiles = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter((file) => /\.ya?ml$/u.test(file))
    .toSorted()
    .map((file) => join(FOLDER, file));

/** A change of a manifest that replaces what can be replaced, and what that is, in words. */
interface Replacement {
  readonly manifest: Manifest;
  readonly what: readonly string[];
}

/** What everything is changed for that keeps its name: the endpoint behind it, how it is asked, its key, and one of its Regions. */
function replacement(manifest: Manifest): Replacement {
  const what = new Set<string>();
  const apis = manifest.apis.map((api) => exchanged(anotherCheck(anotherApi(api, what), what), manifest, what));
  const certificates = manifest.certificates.map((each) => {
    const [key = "", other = ""] =
      each.keyAlgorithms[0]?.startsWith("RSA") === true ? ["RSA", "EC_prime256v1"] : ["EC", "RSA_2048"];
    what.add(`key ${key} → ${other}`);
    return { ...each, keyAlgorithms: [other] };
  });
  return { manifest: { ...manifest, apis, certificates }, what: [...what] };
}

function anotherApi(api: ApiSection, what: Set<string>): ApiSection {
  what.add("another REST API in every Region");
  const other = (restApi: string): string => `${restApi.startsWith("n") ? "m" : "n"}${restApi.slice(1)}`;
  const regions = api.regions.map((each) => ({
    ...each,
    mappings: each.mappings.map((mapping) => ({ ...mapping, restApi: other(mapping.restApi) })),
  }));
  return { ...api, regions };
}

function anotherCheck(api: ApiSection, what: Set<string>): ApiSection {
  const { healthCheck: check } = api;
  if (check === undefined) return api;
  const intervalSeconds = check.intervalSeconds === 30 ? 10 : 30;
  what.add(`interval ${String(check.intervalSeconds)} → ${String(intervalSeconds)} s`);
  return { ...api, healthCheck: { ...check, intervalSeconds } };
}

const SPARE = ["eu-west-2", "us-east-2", "ap-southeast-2"];

/** The last of several Regions goes, and one comes that the manifest does not have. */
function exchanged(api: ApiSection, manifest: Manifest, what: Set<string>): ApiSection {
  const known = new Set(manifest.apis.flatMap(({ regions }) => regions.map(({ region }) => region)));
  const last = api.regions.at(-1);
  const spare = SPARE.find((region) => !known.has(region));
  if (api.regions.length < 2 || last === undefined || spare === undefined) return api;
  what.add(`${last.region} → ${spare}`);
  const regions = [...api.regions.slice(0, -1), { ...last, region: spare }];
  return { ...api, regions: regions.toSorted((a, b) => (a.region < b.region ? -1 : 1)) };
}

/** What the change needs to be allowed: all but more Regions of a name than one at a time. */
const CHANGE: PlanOptions = { ...CONVERGE, lift: ["deletePercent", "updatePercent", "deleteMax", "clientClasses"] };

/** Of somebody else, in the same accounts and zones. */
const COMPANY = ["txt", "mx", "health-check", "certificate", "other-latency"] as const;

/** The first apply, a change that replaces, and the destruction of what a manifest says. */
export async function phasesOf(
  file: string,
): Promise<{ readonly phases: readonly Phase[]; readonly change: readonly string[] }> {
  const { manifest: read, diagnostics } = readManifest(readFileSync(file, "utf8"), file);
  if (read === undefined) throw new Error(`${file}: ${JSON.stringify(diagnostics)}`);
  const manifest = underWatch(read);
  const { manifest: changed, what } = replacement(manifest);
  const empty = emptyFor([manifest, changed]);
  const live = await standing(empty, manifest);
  const names = manifest.apis.map(({ name }) => display(name));
  return {
    change: what,
    phases: [
      { what: "first apply", from: empty, manifest, options: CONVERGE, mayGo: [] },
      { what: "replacement", from: live, manifest: changed, options: CHANGE, mayGo: [] },
      { what: "destroy", from: live, manifest, options: RETIRE, mayGo: names },
    ],
  };
}

function emptyFor(manifests: readonly Manifest[]): Cloud {
  const into = world();
  for (const each of manifests) prepare(into, each);
  const [first] = manifests[0]?.apis ?? [];
  if (first !== undefined) invite(into, COMPANY, display(first.name));
  return into.emulator.cloud();
}

/** The estate of a manifest, converged. */
async function standing(empty: Cloud, manifest: Manifest): Promise<Cloud> {
  const into = world(empty, undefined, "standing");
  const { outcome, diagnostics } = await reconcile(into, manifest);
  if (outcome !== "converged") throw new Error(`${outcome}: ${JSON.stringify(diagnostics)}`);
  return into.emulator.cloud();
}
