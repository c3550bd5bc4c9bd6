import { describe, expect, test } from "vitest";
import type { Call } from "../../../src/cloud/call.ts";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { parseMarker } from "../../../src/resource/marker.ts";
import { storefront, storefrontApi } from "../../world/storefront.ts";
import { prepare, reconcile, world } from "../../world/world.ts";
import { census } from "../estate.ts";
import { changesOf, drains, isCall, isMarker } from "./calls.ts";
import { rebased } from "./distortions.ts";
import { stage } from "./stage.ts";
import type { Distortion, Matches } from "./stage.ts";

// Counter-examples of the write protocol about a gate that several names share. Their home marker is in another zone than
// the names, so that no batch speaks of both.

const MISSING = expect.stringMatching(/^I2 /u) as string;
const [N1, N2, N3] = ["shop", "www", "pay"].map((label) => domainName(`${label}.example.net`));

function manifest(names: readonly (string | undefined)[], gate: "shared" | "own"): Manifest {
  const [certificate] = storefront.certificates;
  const { healthCheck } = storefrontApi;
  if (certificate === undefined || healthCheck === undefined) throw new Error("no storefront");
  const zone = domainName("example.net");
  return {
    ...storefront,
    zones: [...storefront.zones, { name: zone, account: undefined, id: undefined }],
    certificates: [{ ...certificate, domains: [domainName("*.example.net")] }],
    apis: names.map((name) => ({
      ...storefrontApi,
      name: domainName(name ?? ""),
      zone,
      healthCheck: { ...healthCheck, gate },
    })),
  };
}

const [two, three] = [manifest([N1, N2], "shared"), manifest([N1, N2, N3], "shared")];
/** Both names leave the gate, each for one of its own. */
const apart = manifest([N1, N2], "own");

async function after(from: Manifest): Promise<Cloud> {
  const into = world(undefined, undefined, "before");
  prepare(into, three);
  expect((await reconcile(into, from)).outcome).toBe("converged");
  return into.emulator.cloud();
}

const live = await after(two);

/** I3 and I4: one more run, alone, with any of the manifests, makes the estate what that manifest says. */
async function expectMends(from: Cloud, manifests: readonly Manifest[]): Promise<void> {
  for (const [index, each] of manifests.entries()) {
    const [straight, into] = [world(live, undefined, "straight"), world(from, undefined, `mended ${String(index)}`)];
    for (const on of [straight, into]) expect((await reconcile(on, each)).outcome).toBe("converged");
    expect(census(into.emulator.cloud())).toEqual(census(straight.emulator.cloud()));
  }
}

/** The users that a batch takes off home markers, or puts there. */
function users(call: Call, action: "CREATE" | "DELETE"): number {
  const markers = changesOf(call).filter((each) => isMarker(each) && each.Action === action);
  return markers.reduce(
    (sum, { ResourceRecordSet: record }) => sum + (parseMarker(record)?.home?.users.length ?? 0),
    0,
  );
}

const isHome = ({ Name }: RecordSet): boolean => Name.includes("._gate.");
const swapsHomes: Matches = (call) => changesOf(call).some(({ ResourceRecordSet }) => isHome(ResourceRecordSet));
const registers: Matches = (call) => swapsHomes(call) && users(call, "CREATE") >= Math.max(1, users(call, "DELETE"));
const leaves: Matches = (call) => swapsHomes(call) && users(call, "CREATE") < users(call, "DELETE");
const publishes: Matches = (call) =>
  changesOf(call).some(({ Action, ResourceRecordSet: { Type } }) => Action === "CREATE" && Type === "A");
const releasesNames: Matches = (call) =>
  changesOf(call).length > 0 && !swapsHomes(call) && !publishes(call) && !drains("check-user/")(call);

/** Swaps that change nothing but the generations. */
const bumps: Matches = (call) => {
  const said = (action: "CREATE" | "DELETE"): readonly string[] =>
    changesOf(call)
      .filter(({ Action }) => Action === action)
      .map(({ ResourceRecordSet: record }) => JSON.stringify({ ...parseMarker(record), generation: 0, nonce: "" }));
  const [old, next] = [said("DELETE"), said("CREATE")];
  return old.length > 0 && JSON.stringify(old) === JSON.stringify(next);
};

/** Such calls are answered as if they had been sent. */
const unsent =
  (matches: Matches): Distortion =>
  (send, into) =>
  async (call) => {
    if (!matches(call)) return send(call);
    const SubmittedAt = new Date(into.emulator.now()).toISOString();
    return {
      ok: true,
      output: { ChangeInfo: { Id: "/change/C0000000000", Status: "INSYNC", SubmittedAt } },
      at: into.emulator.now(),
    };
  };

/** Swaps of home markers are no conditions: whatever stands there is overwritten. */
const homesOverwritten: Distortion = (send, into) => {
  const write = rebased("never")(send, into);
  return (call) => (swapsHomes(call) ? write(call) : send(call));
};

describe("G1: A will publish a third name at the gate; B makes the last two leave, and deletes it", () => {
  const play = async (a?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "G1");
    await on.start("A", three, a);
    expect(await on.upTo("A", registers)).toBeDefined();
    await on.start("B", apart);
    expect(await on.upTo("B", isCall("DeleteHealthCheck"))).toBeDefined();
    await on.past("A", publishes);
    await on.past("B", isCall("DeleteHealthCheck"));
    if (a !== undefined) return on.watch.broken;
    await on.rest("A");
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), [three]);
    return on.watch.broken;
  };
  test("users and condemnation stand in one marker, so A takes the next generation", async () =>
    expect(await play()).toEqual([]));
  test("where they do not, A publishes what is about to be deleted", async () =>
    expect(await play(homesOverwritten)).toContainEqual(MISSING));
});

describe("G2: A wants the names back at the gate that B has just taken them off", () => {
  const play = async (a?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "G2");
    await on.start("B", apart);
    expect(await on.upTo("B", leaves)).toBeDefined();
    await on.start("A", two, a);
    await on.upTo("A", a === undefined ? registers : publishes); // it has read that the names are users
    await on.past("B", leaves);
    // B's batch for the names is lost, so nothing but the home marker tells of it.
    expect(await on.upTo("B", releasesNames)).toBeDefined();
    await on.lose("B", "never");
    expect(await on.upTo("B", isCall("DeleteHealthCheck"))).toBeDefined();
    await on.past("A", publishes);
    await on.past("B", isCall("DeleteHealthCheck"));
    if (a !== undefined) return on.watch.broken;
    await on.rest("A");
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), [two, apart]);
    return on.watch.broken;
  };
  test("it registers them though they stand there, and is refused", async () => expect(await play()).toEqual([]));
  test("who trusts what stands there publishes what is about to be deleted", async () =>
    expect(await play(unsent(registers))).toContainEqual(MISSING));
});

describe("G3: the names were drained by a run that was killed; A has registered them again, and C takes them off", () => {
  const play = async (c?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "G3");
    await on.start("B", apart);
    expect(await on.upTo("B", leaves)).toBeDefined();
    await on.kill("B");
    await on.start("A", two);
    expect(await on.past("A", registers)).toBeDefined();
    expect(await on.upTo("A", publishes)).toBeDefined();
    await on.start("C", apart, c);
    expect(await on.past("C", leaves)).toBeDefined();
    expect(await on.upTo("C", releasesNames)).toBeDefined();
    await on.lose("C", "never");
    expect(await on.upTo("C", isCall("DeleteHealthCheck"))).toBeDefined();
    await on.past("A", publishes);
    await on.past("C", isCall("DeleteHealthCheck"));
    if (c !== undefined) return on.watch.broken;
    await on.rest("A");
    await on.rest("C");
    await expectMends(on.into.emulator.cloud(), [two, apart]);
    return on.watch.broken;
  };
  test("C swaps the names' own markers first, and A's publication is refused", async () =>
    expect(await play()).toEqual([]));
  test("without that, A publishes what C is about to delete", async () =>
    expect(await play(unsent(bumps))).toContainEqual(MISSING));
});
