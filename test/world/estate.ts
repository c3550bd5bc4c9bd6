import type { RecordSet } from "../../src/cloud/cloud.ts";
import { accountOf } from "../../src/cloud/edit.ts";
import { storefront } from "./storefront.ts";
import { ACCOUNT, prepare, reconcile, world } from "./world.ts";
import type { World } from "./world.ts";

/** A world in which the storefront stands, converged. */
export async function converged(): Promise<World> {
  const into = world();
  prepare(into, storefront);
  const { outcome } = await reconcile(into, storefront);
  if (outcome !== "converged") throw new Error(outcome);
  return into;
}

export const records = (into: World): readonly RecordSet[] =>
  [...accountOf(into.emulator.cloud(), ACCOUNT).zones].flatMap((zone) => [...zone.recordSets]);

export const answers = (into: World): readonly RecordSet[] => records(into).filter((record) => record.Type === "A");

/** Somebody else's write: any call, straight to AWS. */
export function elsewhere(
  into: World,
  region: string,
  service: "route53" | "acm" | "apigateway",
  operation: string,
  input: unknown,
): unknown {
  const outcome = into.emulator.call({ account: ACCOUNT, region, service, operation, input });
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.output;
}

/** Somebody else's change batch, in the first zone. */
export function change(
  into: World,
  changes: readonly { readonly Action: string; readonly ResourceRecordSet: RecordSet }[],
): void {
  const [zone] = accountOf(into.emulator.cloud(), ACCOUNT).zones;
  elsewhere(into, "us-east-1", "route53", "ChangeResourceRecordSets", {
    HostedZoneId: zone?.id,
    ChangeBatch: { Changes: changes },
  });
}

/** Somebody turns target health evaluation of the first record (of a name) on, in the console. */
export function edit(into: World, name?: string): void {
  const old = answers(into).find((record) => name === undefined || record.Name === name);
  if (old?.AliasTarget === undefined) throw new Error("nothing to edit");
  change(into, [
    { Action: "DELETE", ResourceRecordSet: old },
    {
      Action: "CREATE",
      ResourceRecordSet: { ...old, AliasTarget: { ...old.AliasTarget, EvaluateTargetHealth: true } },
    },
  ]);
}
