import type { Cloud, HealthCheck, RecordSet } from "../../src/cloud/cloud.ts";
import type { Call } from "../../src/cloud/call.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { ACCOUNT } from "../world/world.ts";
import { NAMES, OWNER } from "./simulate-manifests.ts";
import type { Deed } from "./simulate-scenario.ts";
import type { RoughAws } from "./world-aws.ts";
import { answersOf } from "./world-answers.ts";
import type { Watch } from "./world-watch.ts";
import { isUnderDrill } from "./world-witness.ts";

/** What somebody does by hand, without a word to anybody. Says what it was; undefined: there was nothing to do it to. */
export function meddle(aws: RoughAws, watch: Watch, deed: Deed): string | undefined {
  const calls = callsOf(aws.cloud(), deed);
  if (calls === undefined) return undefined;
  const outcome = aws.direct(calls.call, { who: "person", call: calls.call }, () => {
    if (calls.edit !== undefined) watch.edited(calls.edit.record, calls.edit.left);
  });
  return outcome.ok ? deed : undefined; // a quota is in the way of people, too
}

interface ByHand {
  readonly call: Call;
  readonly edit?: { readonly record: RecordSet; readonly left: RecordSet | undefined };
}

function callsOf(cloud: Cloud, deed: Deed): ByHand | undefined {
  switch (deed) {
    case "flip":
      return flipped(cloud);
    case "remove":
      return removed(cloud);
    case "note":
      return noted(cloud);
    case "delegate":
      return delegated(cloud);
    case "drill":
      return turned(cloud, false, FAILS);
    case "lift":
      return turned(cloud, true, 1);
    case "check":
      return {
        call: route53(ACCOUNT, "CreateHealthCheck", {
          CallerReference: `somebody ${String(cloud.now)}`,
          HealthCheckConfig: { Type: "HTTPS", FullyQualifiedDomainName: "elsewhere.test", Port: 443 },
        }),
      };
  }
}

const route53 = (account: string, operation: string, input: unknown): Call => ({
  account,
  region: "us-east-1",
  service: "route53",
  operation,
  input,
});

type Change = readonly ["DELETE" | "CREATE", RecordSet];

function batch(cloud: Cloud, record: RecordSet, changes: readonly Change[]): Call {
  for (const { id, zones } of cloud.accounts) {
    for (const zone of zones) {
      if (!domainName(record.Name).endsWith(`.${zone.name}`)) continue;
      const Changes = changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet }));
      return route53(id, "ChangeResourceRecordSets", { HostedZoneId: zone.id, ChangeBatch: { Changes } });
    }
  }
  throw new Error(`no zone of ${record.Name}`);
}

/** Target health evaluation of the first record is turned over. */
function flipped(cloud: Cloud): ByHand | undefined {
  const [record] = NAMES.flatMap((name) => answersOf(cloud, domainName(name)));
  if (record?.AliasTarget === undefined) return undefined;
  const AliasTarget = { ...record.AliasTarget, EvaluateTargetHealth: !record.AliasTarget.EvaluateTargetHealth };
  const left = { ...record, AliasTarget };
  return {
    call: batch(cloud, record, [
      ["DELETE", record],
      ["CREATE", left],
    ]),
    edit: { record, left },
  };
}

/** One of several answers is deleted. */
function removed(cloud: Cloud): ByHand | undefined {
  for (const name of NAMES) {
    const answers = answersOf(cloud, domainName(name)).filter(({ Type }) => Type === "A");
    const [record] = answers;
    if (record !== undefined && answers.length > 1)
      return { call: batch(cloud, record, [["DELETE", record]]), edit: { record, left: undefined } };
  }
  return undefined;
}

/** Above the number of children that any gate can have. */
const FAILS = 256;

/** A gate of ours is put under drill, one that an answer hangs on if there is any; or let go again. */
function turned(cloud: Cloud, drilled: boolean, HealthThreshold: number): ByHand | undefined {
  const used = new Set(NAMES.flatMap((name) => answersOf(cloud, domainName(name))).map((each) => each.HealthCheckId));
  const gates = [...cloud.accounts].flatMap(({ id, healthChecks }) =>
    [...healthChecks].filter((each) => isOurGate(each) && isUnderDrill(each) === drilled).map((gate) => ({ id, gate })),
  );
  const found = gates.find(({ gate }) => used.has(gate.Id)) ?? gates[0];
  if (found === undefined) return undefined;
  const input = { HealthCheckId: found.gate.Id, HealthThreshold };
  return { call: route53(found.id, "UpdateHealthCheck", input) };
}

const isOurGate = ({ CallerReference, HealthCheckConfig: { Type } }: HealthCheck): boolean =>
  Type === "CALCULATED" && CallerReference.startsWith(`sb1.${OWNER.manifest}.`);

/** A part of the zone is somebody else's from now on, and signed. */
function delegated(cloud: Cloud): ByHand {
  const Name = `team-${String(cloud.now)}.example.com.`;
  const digest = "A".repeat(64);
  const ns: RecordSet = { Name, Type: "NS", TTL: 300, ResourceRecords: [{ Value: "ns.elsewhere.test." }] };
  const ds: RecordSet = { Name, Type: "DS", TTL: 300, ResourceRecords: [{ Value: `12345 13 2 ${digest}` }] };
  return {
    call: batch(cloud, ns, [
      ["CREATE", ns],
      ["CREATE", ds],
    ]),
  };
}

function noted(cloud: Cloud): ByHand | undefined {
  const record: RecordSet = {
    Name: `note-${String(cloud.now)}.example.com.`,
    Type: "TXT",
    TTL: 300,
    ResourceRecords: [{ Value: '"somebody was here"' }],
  };
  return { call: batch(cloud, record, [["CREATE", record]]) };
}
