import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { isRead } from "../../src/cloud/conditional.ts";
import { readManifest } from "../../src/manifest/read.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { look } from "../../src/pipeline.ts";
import { hasChanges } from "../../src/plan/plan.ts";
import { madeEdge } from "../world/edge.ts";
import { elsewhere } from "../world/estate.ts";
import { CONVERGE, prepare, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { answersIn, broken, census } from "./estate.ts";

/** Golden cases whose plans are long ways round: the process dies after each of their writes, and one more run ends them. */
const GOLDEN = fileURLToPath(new URL("../golden/", import.meta.url));

class Killed extends Error {}

function load(file: string): Manifest {
  const { manifest, diagnostics } = readManifest(readFileSync(file, "utf8"), file);
  if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
  return manifest;
}

interface Estate {
  readonly edge?: string;
  readonly calls?: readonly {
    readonly region: string;
    readonly service: Parameters<typeof elsewhere>[2];
    readonly operation: string;
    readonly input: unknown;
    readonly times?: number;
  }[];
}

/** The estate of the case, and the manifest that is planned for it. */
async function begun(name: string): Promise<{ readonly start: Cloud; readonly manifest: Manifest }> {
  const into = world();
  const [before, manifest] = ["before.yaml", "manifest.yaml"].map((file) => load(join(GOLDEN, name, file)));
  if (before === undefined || manifest === undefined) throw new Error(name);
  prepare(into, manifest);
  prepare(into, before);
  expect((await reconcile(into, before)).outcome).toBe("converged");
  const file = join(GOLDEN, name, "estate.json");
  const { calls = [], edge } = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Estate) : {};
  if (edge !== undefined) madeEdge(into, edge);
  for (const { region, service, operation, input, times = 1 } of calls)
    for (let n = 1; n <= times; n++)
      elsewhere(into, region, service, operation, JSON.parse(JSON.stringify(input).replaceAll("{n}", String(n))));
  return { start: into.emulator.cloud(), manifest };
}

/** Dies after AWS has done its write number `last`: a read changes nothing. After each, nothing may be broken, and something answers. */
function mortal(start: Cloud, last: number, seed: string): { readonly into: World; readonly calls: () => number } {
  let calls = 0;
  const into = world(
    start,
    (send) => async (call) => {
      const answer = await send(call);
      if (isRead(call)) return answer;
      calls++;
      expect(broken(into.emulator.cloud())).toEqual([]);
      expect(answersIn(into.emulator.cloud())).not.toEqual([]);
      if (calls === last) throw new Killed();
      return answer;
    },
    seed,
  );
  return { into, calls: () => calls };
}

test.each([
  "certificate-renamed",
  "edge-to-regional",
  "health-checks-replaced-in-waves",
  "name-added-to-the-certificate",
  "name-renamed",
  "security-policy-changed",
])("%s, killed after each of its writes: one more run converges to the same estate", async (name) => {
  const { start, manifest } = await begun(name);
  const straight = mortal(start, Infinity, "straight");
  expect((await reconcile(straight.into, manifest)).outcome).toBe("converged");
  const wanted = census(straight.into.emulator.cloud());
  for (let last = 1; last <= straight.calls(); last++) {
    const { into } = mortal(start, last, `killed ${String(last)}`);
    await expect(reconcile(into, manifest)).rejects.toThrow(Killed);
    const done = await reconcile(into, manifest);
    expect({ last, outcome: done.outcome, diagnostics: done.diagnostics }).toMatchObject({ outcome: "converged" });
    expect(census(into.emulator.cloud()), `killed after write ${String(last)}`).toEqual(wanted);
    expect(hasChanges((await look(manifest, CONVERGE, into.ports)).plan)).toBe(false);
  }
});
