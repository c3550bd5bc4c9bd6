import { describe, expect, test } from "vitest";
import type { Answer, Call } from "../../src/cloud/call.ts";
import { MINUTE } from "../../src/cloud/instant.ts";
import { CLAIMS_MAX } from "../../src/execute/retry.ts";
import { parseMarker } from "../../src/resource/marker.ts";
import type { RecordSet } from "../../src/cloud/cloud.ts";
import { storefront } from "../world/storefront.ts";
import { RETIRE, reconcile } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { codesOf, eastOnly, expectAsUndisturbed, live, refusal, undisturbed, worldWhere } from "./estates.ts";

const isDeletion = ({ operation }: Call): boolean => operation === "DeleteDomainName";
const lost: Answer = { ok: "unknown", reason: "reset", at: 0 };

interface Written {
  readonly what: string;
  readonly at: number;
  readonly signedAt?: number;
}

/** The new markers' claims and all dated requests, in turn, as they came to AWS or were lost on the way. */
function watched(instead: (call: Call, nth: number, into: World) => Promise<Answer | undefined> | Answer | undefined): {
  into: World;
  written: Written[];
} {
  const written: Written[] = [];
  let deletions = 0;
  const into = worldWhere(live, (call, _send, world) => {
    const at = world.emulator.now();
    for (const { notAfter } of newClaims(call)) written.push({ what: "claim", at, signedAt: notAfter - 17 * MINUTE });
    if (call.signedAt !== undefined) written.push({ what: call.operation, at, signedAt: call.signedAt });
    return isDeletion(call) ? instead(call, ++deletions, world) : undefined;
  });
  return { into, written };
}

function newClaims({ operation, input }: Call): readonly { readonly nonce: string; readonly notAfter: number }[] {
  if (operation !== "ChangeResourceRecordSets") return [];
  const { Changes } = (input as { ChangeBatch: { Changes: { Action: string; ResourceRecordSet: RecordSet }[] } })
    .ChangeBatch;
  return Changes.flatMap(({ Action, ResourceRecordSet }) => {
    const marker = Action === "CREATE" && ResourceRecordSet.Type === "TXT" ? parseMarker(ResourceRecordSet) : undefined;
    return (marker?.entries ?? []).flatMap(({ claim }) => (claim?.nonce === marker?.nonce && claim ? [claim] : []));
  });
}

test("each claim's requests are sent before anything else is claimed, and signed as of it", async () => {
  const { into, written } = watched(() => undefined);
  expect((await reconcile(into, storefront, RETIRE)).outcome).toBe("converged");
  const each = ["claim", "DeleteBasePathMapping", "DeleteDomainName"];
  expect(written.map(({ what }) => what)).toEqual([...each, ...each]);
  for (const [index, { at, signedAt }] of written.entries()) {
    expect(signedAt).toBe(written[index - (index % 3)]?.signedAt);
    expect(at - (signedAt ?? 0)).toBeLessThan(MINUTE);
  }
});

describe("a request that comes to nothing is not sent again: AWS must refuse it first, and then it is claimed anew", () => {
  test.each<readonly [string, Answer, boolean]>([
    ["throttled", refusal("TooManyRequestsException", 429), false],
    ["met with a server's error", refusal("InternalFailure", 500), false],
    ["refused as too old", refusal("InvalidSignatureException", 403), false],
    ["lost, without effect", lost, false],
    ["lost, with its effect", lost, true],
  ])("%s", async (_what, answer, effect) => {
    const wanted = await undisturbed(live, eastOnly, { ...RETIRE, goal: "converge" });
    const { into, written } = watched((call, nth, { emulator }) => {
      if (nth > 1) return undefined;
      if (effect) emulator.call(call);
      return { ...answer, at: emulator.now() };
    });
    const done = await reconcile(into, eastOnly);
    expect({ outcome: done.outcome, rounds: done.rounds, diagnostics: done.diagnostics }).toEqual({
      outcome: "converged",
      rounds: 1,
      diagnostics: [],
    });
    const claims = written.filter(({ what }) => what === "claim");
    const requests = written.filter(({ what }) => what === "DeleteDomainName");
    expect(claims).toHaveLength(2);
    expect(requests.map(({ signedAt }) => signedAt)).toEqual(claims.map(({ signedAt }) => signedAt));
    expect((claims[1]?.at ?? 0) - (claims[0]?.at ?? 0)).toBeGreaterThanOrEqual(17 * MINUTE);
    await expectAsUndisturbed(into, eastOnly, { ...RETIRE, goal: "converge" }, wanted.census);
  });

  test("nor for ever", async () => {
    const { into, written } = watched((_call, _nth, { emulator }) => ({ ...lost, at: emulator.now() }));
    const done = await reconcile(into, eastOnly);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "failed", codes: ["REFUSED_BY_AWS"] });
    expect(done.diagnostics[0]?.message).toContain("NoAnswer: reset");
    expect(written.filter(({ what }) => what === "claim")).toHaveLength(CLAIMS_MAX + 1);
  });

  test("where AWS would refuse every other one too, the step fails at once", async () => {
    const denied = refusal("AccessDeniedException", 403, "not authorized");
    const { into, written } = watched((_call, _nth, { emulator }) => ({ ...denied, at: emulator.now() }));
    const done = await reconcile(into, eastOnly);
    expect({ outcome: done.outcome, codes: codesOf(done) }).toEqual({ outcome: "failed", codes: ["REFUSED_BY_AWS"] });
    expect(written.filter(({ what }) => what === "claim")).toHaveLength(1);
  });
});
