import { describe, expect, test } from "vitest";
import { MINUTE } from "../../../src/cloud/instant.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { bumps, condemns, deletes, domain, drains, drops, isCall, publishes, releases } from "./calls.ts";
import { insyncAtOnce, olderInsync, rebased, staleIn, withoutDrain, withoutTombs } from "./distortions.ts";
import { WEST, bare, casts, expectMends } from "./estates.ts";
import type { Cast } from "./estates.ts";
import { stage } from "./stage.ts";
import type { Distortion } from "./stage.ts";

// Counter-examples of the write protocol about the drain: what may be deleted, when, and what may be taken back.

const MISSING = expect.stringMatching(/^I2 /u) as string;

describe("V3, V5: one run drops west, and the change is slow to reach the name servers", () => {
  const play = async ({ both, east, live }: Cast, distort?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "V5");
    on.holdChanges(true);
    await on.start("A", east, distort);
    await on.past("A", drops(WEST));
    for (let asked = 0; asked < 60; asked++)
      await on.past("A", (call) => isCall("GetChange")(call) || deletes(WEST)(call));
    if (distort !== undefined) return on.watch.broken;
    expect(on.sent.filter(({ call }) => call.operation.startsWith("Delete"))).toEqual([]);
    on.holdChanges(false);
    const letGo = on.into.emulator.now();
    expect(await on.past("A", deletes(WEST))).toBeDefined();
    expect(on.into.emulator.now() - letGo).toBeGreaterThanOrEqual(15 * MINUTE);
    expect((await on.rest("A"))?.outcome).toBe("converged");
    await expectMends(on.into.emulator.cloud(), both, [east, both]);
    return on.watch.broken;
  };
  test.each(casts)("nothing is deleted before INSYNC and the drain, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("a drain that counts from the write deletes what is still answered (V5)", async () =>
    expect(await play(bare, insyncAtOnce)).toContainEqual(MISSING));
  test("without a drain, resolvers still hold the answer (V3)", async () => {
    const on = stage(bare.live, "V3");
    await on.start("A", bare.east, withoutDrain);
    await on.past("A", deletes(WEST));
    expect(on.watch.broken).toContainEqual(MISSING);
  });
});

describe("V4: B saw west drained; A decided to take it back before; B reads that nothing refers to it; A publishes; B deletes", () => {
  const play = async ({ both, east, live }: Cast, a?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "V4");
    await on.start("B", east);
    await on.past("B", drops(WEST));
    await on.start("A", both, a);
    expect(await on.upTo("A", publishes(WEST))).toBeDefined();
    expect(await on.upTo("B", deletes(WEST))).toBeDefined();
    await on.past("A", publishes(WEST));
    if (a !== undefined) await on.past("A", publishes(WEST)); // a second try, where there is one
    await on.past("B", deletes(WEST));
    if (a !== undefined) return on.watch.broken;
    await on.rest("A");
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), both, [both, east]);
    return on.watch.broken;
  };
  test.each(casts)("what has drained is not taken back, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("taken back all the same, it is published and gone", async () =>
    expect(await play(bare, rebased("never"))).toContainEqual(MISSING));
});

describe("V10: a change of A's own is INSYNC; then B drops west; A goes on with west's drain", () => {
  const north: Manifest = {
    ...bare.east,
    apis: bare.east.apis.map((api) => ({
      ...api,
      regions: [
        ...api.regions,
        { region: "eu-west-1", mappings: [{ basePath: "v1", restApi: "n000000000", stage: "prod" }] },
      ],
    })),
  };
  const play = async (a?: Distortion): Promise<readonly string[]> => {
    const on = stage(bare.live, "V10");
    on.into.emulator.prepare({
      account: "111122223333",
      zones: [],
      restApis: [{ region: "eu-west-1", id: "n000000000", stages: ["prod"] }],
    });
    await on.start("A", north, a);
    expect(await on.past("A", publishes("eu-west-1"))).toBeDefined();
    expect(await on.upTo("A", drops(WEST))).toBeDefined(); // its first change is INSYNC
    on.holdChanges(true);
    await on.start("B", north);
    await on.past("B", drops(WEST));
    await on.kill("B");
    for (let asked = 0; asked < 60; asked++)
      await on.past("A", (call) => isCall("GetChange")(call) || deletes(WEST)(call));
    if (a !== undefined) return on.watch.broken;
    expect(on.sent.some(({ call }) => bumps(call))).toBe(true);
    on.holdChanges(false);
    expect((await on.rest("A"))?.outcome).toBe("converged");
    return on.watch.broken;
  };
  test("only the INSYNC of a change that is no older than the condemnation counts", async () =>
    expect(await play()).toEqual([]));
  test("the INSYNC of the older change would have west deleted while it is answered", async () =>
    expect(await play(olderInsync)).toContainEqual(MISSING));
});

describe("V11: B condemns west and is killed while the change is on its way; A finds the entry", () => {
  const play = async ({ both, east, live }: Cast, a?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "V11");
    on.holdChanges(true);
    await on.start("B", east);
    await on.past("B", condemns(domain(WEST)));
    await on.kill("B");
    await on.start("A", east, a);
    for (let asked = 0; asked < 60; asked++)
      await on.past("A", (call) => isCall("GetChange")(call) || deletes(WEST)(call));
    if (a !== undefined) return on.watch.broken;
    expect(on.sent.filter(({ call }) => bumps(call))).toHaveLength(1);
    expect(on.sent.filter(({ call }) => drains(domain(WEST))(call))).toEqual([]);
    on.holdChanges(false);
    expect((await on.rest("A"))?.outcome).toBe("converged");
    await expectMends(on.into.emulator.cloud(), both, [east, both]);
    return on.watch.broken;
  };
  test.each(casts)("it bumps the marker, and the INSYNC of that counts, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("a drain that starts at once ends while the answer is held", async () =>
    expect(await play(bare, insyncAtOnce)).toContainEqual(MISSING));
});

describe("V17: B deleted west and released it; A's reads still show it", () => {
  const play = async ({ both, east, live }: Cast, b?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "V17");
    await on.start("B", east, b);
    expect(await on.past("B", releases(domain(WEST)))).toBeDefined();
    await on.start("A", both, staleIn(WEST, live));
    await on.past("A", publishes(WEST));
    if (b !== undefined) return on.watch.broken;
    const stale = await on.rest("A");
    expect(["converged", "refused", "failed"]).toContain(stale?.outcome); // what it read is not so
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), both, [both, east]);
    return on.watch.broken;
  };
  test.each(casts)("the tomb tells which incarnation is gone, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("without a tomb the deleted endpoint is published", async () =>
    expect(await play(bare, withoutTombs)).toContainEqual(MISSING));
});
