import type { Call, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";
import { accountOf } from "../edit.ts";
import { succeeded } from "../outcome.ts";
import { noSuchChange, refuse } from "./faults.ts";
import { bareId } from "./identifiers.ts";
import { changeInfo } from "./zone-change.ts";

/** GetChange: whether a change has reached every name server. Source: API Reference, GetChange, checked 2026-11-23. */
// Assumed: a change can be asked about for ever; AWS forgets them after a time that it does not name.
export function getChange(cloud: Cloud, call: Call): Outcome {
  const id = bareId((call.input as { readonly Id: string }).Id);
  const change = accountOf(cloud, call.account).changes.get(id);
  return change === undefined
    ? refuse(noSuchChange(id))
    : succeeded(cloud, { ChangeInfo: changeInfo(change, cloud.now) });
}
