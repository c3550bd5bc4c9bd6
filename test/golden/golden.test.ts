import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { accountOf } from "../../src/cloud/edit.ts";
import { readManifest } from "../../src/manifest/read.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { planText } from "../../src/report/plan-text.ts";
import { plainStyler } from "../../src/report/styler.ts";
import { madeEdge } from "../world/edge.ts";
import { elsewhere } from "../world/estate.ts";
import { ACCOUNT, CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";

/**
 * A folder a case: the estate stands as `before.yaml` says (or is empty), the manifest is `manifest.yaml`, the plan with
 * its proof is `plan.txt`. `estate.json` says what else was done to the estate: `killedAfter` so many calls the run that
 * made it died, and `calls` are somebody else's. `npm run rewrite` writes the plans anew; look at the difference before
 * you commit it.
 */
const HERE = fileURLToPath(new URL(".", import.meta.url));

interface Estate {
  /** The Region in which everything of ours was made edge-optimized. */
  readonly edge?: string;
  readonly killedAfter?: number;
  readonly calls?: readonly {
    readonly region: string;
    readonly service: Parameters<typeof elsewhere>[2];
    readonly operation: string;
    /** `{n}` stands for the number of the call, `{certificate}` for the ARN of the first certificate of the Region. */
    readonly input: unknown;
    readonly times?: number;
  }[];
}

function load(file: string): Manifest {
  const { manifest, diagnostics } = readManifest(readFileSync(file, "utf8"), file);
  if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
  return manifest;
}

const estateOf = (file: string): Estate => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Estate) : {});

class Killed extends Error {}

/** A world in which the process dies after so many calls; then it is another one, which does not. */
function mortal(killedAfter: number | undefined): World {
  let calls = 0;
  return world(undefined, (send) => async (call) => {
    const answer = await send(call);
    if (++calls === killedAfter) throw new Killed();
    return answer;
  });
}

function done(into: World, { calls = [], edge }: Estate): void {
  if (edge !== undefined) madeEdge(into, edge);
  for (const { region, service, operation, input, times = 1 } of calls) {
    const [certificate] = accountOf(into.emulator.cloud(), ACCOUNT).regions.get(region)?.certificates ?? [];
    for (let n = 1; n <= times; n++) {
      const text = JSON.stringify(input).replaceAll("{n}", String(n));
      elsewhere(into, region, service, operation, JSON.parse(text.replaceAll("{certificate}", certificate?.arn ?? "")));
    }
  }
}

/** The estate of a case, and the manifest that is planned for it. */
async function begun(folder: string): Promise<{ readonly into: World; readonly manifest: Manifest }> {
  const estate = estateOf(join(folder, "estate.json"));
  const into = mortal(estate.killedAfter);
  const before = join(folder, "before.yaml");
  const manifest = load(join(folder, "manifest.yaml"));
  prepare(into, manifest);
  if (existsSync(before)) {
    prepare(into, load(before));
    const making = reconcile(into, load(before));
    if (estate.killedAfter === undefined) expect((await making).outcome).toBe("converged");
    else await expect(making).rejects.toThrow(Killed);
  }
  done(into, estate);
  return { into, manifest };
}

const cases = readdirSync(HERE, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe("golden plans", () => {
  test.each(cases)("%s", async (name) => {
    const file = join(HERE, name, "plan.txt");
    const { into, manifest } = await begun(join(HERE, name));
    const seen = await look(manifest, CONVERGE, into.ports);
    const happened = `${planText({ ...seen, goal: "converge" }, plainStyler)}\n`;
    if (process.env["REWRITE"] === "1") writeFileSync(file, happened);
    else expect(happened).toBe(readFileSync(file, "utf8"));
  });
});

/** What a user has to decide about first; everything else must be proved. */
const REFUSED = new Set(["all-regions-exchanged", "health-checks-at-the-quota", "key-algorithm-changed", "security-policy-to-tls-1-3"]);

describe("what was proved is what is done", () => {
  test.each(cases)("%s", async (name) => {
    const { into, manifest } = await begun(join(HERE, name));
    const { plan, proof } = await look(manifest, CONVERGE, into.ports);
    expect(proof?.safe === true).toBe(!REFUSED.has(name));
    const ended = await reconcile(into, manifest);
    expect({ outcome: ended.outcome, rounds: ended.rounds }).toEqual(
      REFUSED.has(name)
        ? { outcome: "refused", rounds: 0 }
        : { outcome: "converged", rounds: plan.steps.length === 0 ? 0 : 1 },
    );
  });
});
