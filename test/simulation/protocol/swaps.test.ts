import { describe, expect, test } from "vitest";
import type { Cloud } from "../../../src/cloud/cloud.ts";
import { deletes, domain, drops, publishes, releases } from "./calls.ts";
import { markerApart, rebased, staleIn, upserting, withoutMarkers, withoutTombs } from "./distortions.ts";
import { EAST, WEST, bare, casts, expectMends, whole } from "./estates.ts";
import type { Cast } from "./estates.ts";
import { stage } from "./stage.ts";
import type { Distortion } from "./stage.ts";

// Counter-examples of the write protocol about the swap of a name: each is an interleaving in which a weaker
// protocol breaks. The real runs must withstand it; distorted as the weaker protocol is, they must not.

const DARK = expect.stringMatching(/^I1 /u) as string;
const MISSING = expect.stringMatching(/^I2 /u) as string;

describe("V1: A checked east's endpoint and pauses; B condemns it, drains it and claims it; A publishes it; B deletes it", () => {
  const play = async ({ both, east, west, eastGone }: Cast, a?: Distortion): Promise<readonly string[]> => {
    const on = stage(eastGone, "V1");
    await on.start("A", both, a);
    await on.upTo("A", publishes(EAST));
    await on.start("B", west);
    expect(await on.upTo("B", deletes(EAST))).toBeDefined();
    await on.past("A", publishes(EAST));
    await on.past("B", deletes(EAST));
    if (a !== undefined) return on.watch.broken;
    await on.rest("A");
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), both, [both, east, west]);
    return on.watch.broken;
  };
  test.each(casts)("a swap withstands it, %s", async (_what, cast) => expect(await play(cast)).toEqual([]));
  test("UPSERT does not", async () => expect(await play(bare, upserting)).toContainEqual(MISSING));
});

describe("V2, V14: A with {east} and B with {west} have both read; A drops west; B drops east", () => {
  const play = async ({ both, east, west, live }: Cast, b?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "V2");
    await on.start("A", east, b);
    await on.start("B", west, b);
    expect(await on.upTo("A", drops(WEST))).toBeDefined();
    expect(await on.upTo("B", drops(EAST))).toBeDefined();
    await on.past("A", drops(WEST));
    await on.past("B", drops(EAST));
    if (b !== undefined) {
      await on.past("B", drops(EAST)); // a second try, where there is one
      return on.watch.broken;
    }
    await on.rest("A");
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), both, [both, east, west]);
    return on.watch.broken;
  };
  test.each(casts)("a swap of the whole name withstands it, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("a swap of each record does not (V2)", async () =>
    expect(await play(whole, withoutMarkers)).toContainEqual(DARK));
  test("a swap that is rebased after a conflict does not (V14)", async () =>
    expect(await play(whole, rebased("never"))).toContainEqual(DARK));
  test("the marker in a second call does not (V6)", async () =>
    expect(await play(whole, markerApart("after"))).toContainEqual(DARK));
});

describe("V6: A's marker is written in a call before its records; B reads in between", () => {
  test("even so B is refused, because the marker does not list what is there", async () => {
    const { east, live, west } = whole;
    const on = stage(live, "V6");
    await on.start("A", east, markerApart("before"));
    expect(await on.upTo("A", drops(WEST))).toBeDefined(); // its marker is written
    await on.start("B", west);
    expect(await on.upTo("B", drops(EAST))).toBeUndefined();
    await on.past("A", drops(WEST));
    const refused = await on.rest("B");
    expect(refused?.diagnostics.map(({ code }) => code)).toContain("FOREIGN_IN_THE_WAY");
    expect(on.watch.broken).toEqual([]);
  });
});

/** East stands and is not published: the run that made it was killed before. */
async function unpublished({ both, eastGone }: Cast): Promise<Cloud> {
  const on = stage(eastGone, "unpublished");
  await on.start("K", both);
  await on.upTo("K", publishes(EAST));
  await on.kill("K");
  return on.into.emulator.cloud();
}

describe("V13, V15: A looks at east, which stands and is not published; B condemns it, deletes it and releases it; A goes on", () => {
  const play = async (cast: Cast, calls: number, a?: Distortion, b?: Distortion): Promise<readonly string[]> => {
    const { both, west } = cast;
    const on = stage(await unpublished(cast), `V13 ${String(calls)}`);
    let sent = 0;
    await on.start("A", both, a);
    await on.upTo("A", (call) => sent++ === calls || publishes(EAST)(call));
    await on.start("B", west, b);
    expect(await on.past("B", releases(domain(EAST)))).toBeDefined();
    await on.past("A", publishes(EAST));
    if (a !== undefined) {
      await on.past("A", publishes(EAST)); // a second try, where there is one
      return on.watch.broken;
    }
    await on.rest("A");
    await on.rest("B");
    await expectMends(on.into.emulator.cloud(), both, [both, west]);
    return on.watch.broken;
  };
  /** More than A sends before it publishes. */
  const LAST = 40;
  test.each(casts)("wherever A was paused while it looked, the marker tells it, %s", async (_what, cast) => {
    for (let calls = 0; calls <= LAST; calls += 8) expect(await play(cast, calls)).toEqual([]);
  });
  test("an endpoint that was looked at before the marker was read is published though it is gone (V13)", async () =>
    expect(await play(bare, 0, staleIn(EAST, await unpublished(bare)), withoutTombs)).toContainEqual(MISSING));
  test("so is one when the marker is compared by its content (V15)", async () =>
    expect(await play(bare, LAST, rebased("its content differs"), withoutTombs)).toContainEqual(MISSING));
});

test("F3: in every look, markers are read before endpoints", async () => {
  const on = stage(await unpublished(whole), "order");
  await on.start("A", whole.both);
  await on.upTo("A", publishes(EAST));
  const read = on.sent.map(({ call }) => call.operation);
  expect(read.indexOf("GetDomainNames")).toBeGreaterThan(read.lastIndexOf("ListResourceRecordSets"));
});
