import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../../src/cloud/call.ts";
import type { Cloud, RecordSet } from "../../../src/cloud/cloud.ts";
import { emptyCloud } from "../../../src/cloud/empty.ts";
import { accountOf } from "../../../src/cloud/edit.ts";
import { MINUTE } from "../../../src/cloud/instant.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { storefront } from "../../world/storefront.ts";
import { ACCOUNT, prepare, world } from "../../world/world.ts";
import type { World } from "../../world/world.ts";
import { bumps, changesOf, drains, drops, isCall, isMarker, publishes, releases } from "./calls.ts";
import { keepingNothing, staleIn, unsigned, withoutLinger } from "./distortions.ts";
import { EAST, WEST, after, bare, casts, expectMends, whole } from "./estates.ts";
import type { Cast } from "./estates.ts";
import { stage } from "./stage.ts";
import type { Distortion, Stage } from "./stage.ts";

// Counter-examples of the write protocol about names that come and go, and about what a batch relies on and leaves as it is.

const DARK = expect.stringMatching(/^I1 /u) as string;
const MISSING = expect.stringMatching(/^I2 /u) as string;

/** The name is taken out of service: who was answered before is answered no more, and that is as it is wanted. */
const retired: Manifest = { ...storefront, apis: [], certificates: [], retire: [domainName("shop.example.com")] };
const lost = (broken: readonly string[]): readonly string[] => broken.filter((each) => each.startsWith("I2 "));

/** Nothing is published yet. */
function unpublished(): Cloud {
  const into = world(emptyCloud(0), undefined, "unpublished");
  prepare(into, storefront);
  return into.emulator.cloud();
}

/** The name is published with what stands, and taken out of service. */
async function comeAndGo(on: Stage, manifest: Manifest): Promise<void> {
  for (const [who, each] of [
    ["B", manifest],
    ["C", retired],
  ] as const) {
    await on.start(who, each);
    expect((await on.rest(who))?.outcome).toBe("converged");
  }
}

/** The marker alone, for good. */
const unmarks = (call: Call): boolean => {
  const changes = changesOf(call);
  return changes.length === 1 && changes.every((each) => each.Action === "DELETE" && isMarker(each));
};

describe("L3: A read that there is no marker, found its endpoints right and pauses; B publishes and retires the name; A publishes it", () => {
  const play = async ({ both }: Cast, a?: Distortion): Promise<readonly string[]> => {
    const on = stage(unpublished(), "L3");
    await on.start("A", both, a);
    expect(await on.upTo("A", publishes(EAST))).toBeDefined();
    await comeAndGo(on, both);
    await on.past("A", publishes(EAST));
    if (a !== undefined) return lost(on.watch.broken);
    expect((await on.rest("A"))?.outcome).toBe("converged");
    await expectMends(on.into.emulator.cloud(), both, [both]);
    return lost(on.watch.broken);
  };
  test.each(casts)("AWS refuses a first batch that is dated before all that, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("one that is signed when it is sent publishes what is gone", async () =>
    expect(await play(bare, unsigned)).toContainEqual(MISSING));
});

describe("L3: A's plan is old; B publishes and retires the name before A has read again what its first batch relies on", () => {
  test.each(casts)(
    "the marker is read first, the endpoints after it, and the plan is made anew, %s",
    async (_what, cast) => {
      const on = stage(unpublished(), "L3 old");
      await on.start("A", cast.both);
      expect(await on.upTo("A", isCall("Probe"))).toBeDefined();
      await on.past("A", isCall("Probe", EAST));
      await on.past("A", isCall("Probe", WEST));
      await comeAndGo(on, cast.both);
      const sent = on.sent.length;
      await on.past("A", (call) => call.operation === "CreateDomainName" || publishes(EAST)(call));
      const since = on.sent.slice(sent).map(({ call }) => call.operation);
      expect(since[0]).toBe("ListResourceRecordSets");
      expect(since[1]).toBe("GetDomainName");
      expect(since.at(-1)).not.toBe("ChangeResourceRecordSets");
      expect((await on.rest("A"))?.outcome).toBe("converged");
      expect(lost(on.watch.broken)).toEqual([]);
    },
  );
});

describe("L4: B retires the name; reads of A still show its endpoint", () => {
  const play = async (b?: Distortion): Promise<readonly string[]> => {
    const live = await after(bare.east);
    const on = stage(live, "L4");
    await on.start("B", retired, b);
    await on.past("B", releases(""));
    await on.upTo("B", unmarks);
    if (b !== undefined) await on.past("B", unmarks);
    await on.start("A", bare.east, staleIn(EAST, live));
    await on.past("A", publishes(EAST));
    return lost(on.watch.broken);
  };
  test("while the marker stands, it says that this one is gone", async () => expect(await play()).toEqual([]));
  test("it stands longer than reads lag", async () => {
    const on = stage(await after(bare.east), "linger");
    await on.start("B", retired);
    await on.past("B", isCall("DeleteDomainName"));
    const deleted = on.into.emulator.now();
    expect(await on.past("B", unmarks)).toBeDefined();
    expect(on.into.emulator.now() - deleted).toBeGreaterThanOrEqual(5 * MINUTE);
  });
  test("when it goes at once, the deleted endpoint is published", async () =>
    expect(await play(withoutLinger)).toContainEqual(MISSING));
});

/** Somebody deletes the record of a Region. */
function removeByHand(into: World, region: string): void {
  for (const zone of accountOf(into.emulator.cloud(), ACCOUNT).zones) {
    const record: RecordSet | undefined = [...zone.recordSets].find((each) => each.Region === region);
    if (record === undefined) continue;
    const Changes = [{ Action: "DELETE", ResourceRecordSet: record }];
    const input = { HostedZoneId: zone.id, ChangeBatch: { Changes } };
    const service = "route53" as const;
    const outcome = into.emulator.call({
      account: ACCOUNT,
      region: "us-east-1",
      service,
      operation: "ChangeResourceRecordSets",
      input,
    });
    expect(outcome.ok).toBe(true);
  }
}

describe("K1: A will drop west, since east answers; somebody deletes east's record by hand; A drops west", () => {
  const play = async ({ east, live }: Cast, a?: Distortion): Promise<readonly string[]> => {
    const on = stage(live, "K1");
    await on.start("A", east, a);
    expect(await on.upTo("A", drops(WEST))).toBeDefined();
    removeByHand(on.into, EAST);
    await on.past("A", drops(WEST));
    if (a === undefined) {
      const done = await on.rest("A");
      expect(done?.outcome).toBe("refused"); // an edit by hand waits for a decision
    }
    return on.watch.broken;
  };
  test.each(casts)("what stays is in the batch, which is refused, %s", async (_what, cast) =>
    expect(await play(cast)).toEqual([]),
  );
  test("without it the name has no answer", async () => expect(await play(whole, keepingNothing)).toContainEqual(DARK));
});

describe("W1: A and B, with one manifest, both wait for a change of theirs; A's bump gets in the way of B's swap", () => {
  test.each(casts)(
    "B's change counts all the same: it does not bump in its turn, %s",
    async (_what, { east, live }) => {
      const on = stage(live, "W1");
      await on.start("B", east);
      await on.past("B", drops(WEST));
      expect(await on.upTo("B", drains(""))).toBeDefined();
      await on.start("A", east);
      expect(await on.past("A", bumps)).toBeDefined();
      const refused: Answer | undefined = await on.past("B", drains("")).then(() => on.sent.at(-1)?.answer);
      expect(refused?.ok).toBe(false);
      const next = await on.upTo("B", (call) => changesOf(call).length > 0);
      expect(next !== undefined && drains("")(next)).toBe(true);
      await on.past("B", drains(""));
      await on.rest("B");
      await on.rest("A");
      expect(on.sent.filter(({ call, answer }) => bumps(call) && answer.ok === true)).toHaveLength(1);
      expect(on.watch.broken).toEqual([]);
    },
  );
});
