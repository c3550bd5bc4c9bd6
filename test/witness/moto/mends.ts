import type { Answer, Call, Send } from "../../../src/cloud/call.ts";
import type { Instant } from "../../../src/cloud/instant.ts";
import { acmMends } from "./mends-acm.ts";
import { apiGatewayMends } from "./mends-apigateway.ts";
import { route53Mends } from "./mends-route53.ts";
import type { Mend } from "./proxy.ts";

/** What takes the place of one operation of moto's, by `service:Operation`; README.md tells what each is for. */
export type Mends = Readonly<Record<string, (call: Call) => Promise<Answer>>>;

/** The mends of one moto, which remember what moto does not. `moto` goes straight to it. */
export function mendsOf(
  moto: Send,
  now: () => Instant,
): { readonly mend: Mend; readonly operations: readonly string[] } {
  /** moto with its mends, for mends that look at what others changed. */
  const mended: Send = (call) => mends[nameOf(call)]?.(call) ?? moto(call);
  const mends: Mends = {
    ...route53Mends(moto),
    ...acmMends(moto, mended, now),
    ...apiGatewayMends(moto),
    ...taggingMends(moto),
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: a mend asks moto more than once, and nothing may change in between. */
  const inTurn = (task: () => Promise<Answer>): Promise<Answer> => {
    const result = last.then(task);
    last = result.catch(() => {});
    return result;
  };
  return {
    operations: Object.keys(mends),
    mend(call) {
      const instead = mends[nameOf(call)];
      return instead === undefined ? undefined : inTurn(() => instead(call));
    },
  };
}

const nameOf = (call: Call): string => `${call.service}:${call.operation}`;

/** moto knows the services of resources, and not their types. */
const taggingMends = (moto: Send): Mends => ({
  "tagging:GetResources": (call) => {
    const input = call.input as { readonly ResourceTypeFilters?: readonly string[] };
    const services = input.ResourceTypeFilters?.map((type) => type.replace("acm:certificate", "acm"));
    return moto({ ...call, input: { ...input, ResourceTypeFilters: services } });
  },
});
