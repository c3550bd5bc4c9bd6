import type { Region } from "../../cloud/call.ts";
import type { Cloud, RecordSet } from "../../cloud/cloud.ts";
import { oldestTls } from "../../cloud/apigateway/security-policy.ts";
import type { TlsVersion } from "../../cloud/apigateway/security-policy.ts";
import { display } from "../../dns/domain-name.ts";
import type { Invariant } from "../invariant.ts";
import type { Violation } from "../proof.ts";
import { certificateAt, domainAt } from "../reachable.ts";
import { endpointOf } from "../../resource/record-endpoint.ts";
import type { Reachable, WatchedName } from "../reachable.ts";
import { ADDRESS_TYPES, answersFrom } from "../viewpoints.ts";

/** What a client meets at an endpoint. */
interface Met {
  readonly region: Region;
  /** Of the certificate's key, as ACM names it. */
  readonly key: string;
  readonly policy: string;
}

interface ClientClass {
  readonly who: string;
  readonly isServed: (met: Met) => boolean;
  readonly meets: (met: Met) => string;
  readonly help: string;
}

const keyClass = (word: string, key: RegExp, algorithm: string): ClientClass => ({
  who: `Clients that take ${word} keys only`,
  isServed: (met) => key.test(met.key),
  meets: (met) => `whose certificate has the key ${met.key}`,
  help: `Keep ${algorithm} first in the certificate's \`keyAlgorithms\``,
});

const versionClass = (newest: TlsVersion): ClientClass => ({
  who: `Clients whose newest TLS is ${newest}`,
  isServed: ({ policy }) => oldestTls(policy) <= newest,
  meets: ({ policy }) => `whose security policy is ${policy}`,
  help: `Keep a \`securityPolicy\` that takes TLS ${newest}`,
});

/**
 * Clients that choose between keys are served by any; these are not. Older versions of TLS than 1.2 are not looked at:
 * they are long deprecated (RFC 8996), and to leave them is what every guide asks for.
 */
const CLASSES: readonly ClientClass[] = [
  keyClass("RSA", /^RSA_/u, "RSA_2048"),
  keyClass("ECDSA", /^EC_/u, "EC_prime256v1"),
  versionClass("1.2"),
];

/**
 * Clients that can use one kind of key only, or no newer version of TLS, and were served near a Region, are served there
 * in every state. Sources: RFC 8446 §4.2.3 (a server's certificate must have a key that the client offers); API Gateway
 * guide "Security policies" (a policy's minimum version), checked 2026-11-24.
 */
export const clientClassesKeepAnswering = {
  code: "CLIENTS_SHUT_OUT",
  check: (at: Reachable) =>
    at.policy.shutsOutClients
      ? []
      : at.names
          .filter((watched) => !watched.retired)
          .flatMap((watched) => CLASSES.flatMap((each) => shutOut(each, at, watched))),
} satisfies Invariant;

function shutOut(
  { who, isServed, meets, help }: ClientClass,
  at: Reachable,
  watched: WatchedName,
): readonly Violation[] {
  const before = metFrom(at.baseline, at.account, watched);
  for (const [viewpoint, now] of metFrom(at.cloud, at.account, watched)) {
    const useless = [...now.values()].find((met) => !isServed(met));
    const known = [...(before.get(viewpoint)?.values() ?? [])];
    if (useless === undefined || known.length === 0 || !known.every(isServed)) continue;
    return [
      {
        code: "CLIENTS_SHUT_OUT",
        name: watched.name,
        viewpoint,
        message: `${who} can no longer connect to ${display(watched.name)}: they are led to ${useless.region}, ${meets(useless)}.`,
        help: `${help}; when no such clients are left, lift this for one run with \`--lift clientClasses\`.`,
      },
    ];
  }
  return [];
}

/** What clients near each Region meet: each pair of key and policy once. */
function metFrom(cloud: Cloud, account: string, watched: WatchedName): ReadonlyMap<Region, ReadonlyMap<string, Met>> {
  const found = new Map<Region, Map<string, Met>>();
  const seen = new Map<RecordSet, Met | undefined>(); // clients near many Regions are answered with the same record set
  for (const type of ADDRESS_TYPES) {
    for (const [viewpoint, { records }] of answersFrom(cloud, watched, type)) {
      for (const record of records) {
        if (!seen.has(record)) seen.set(record, metAt(cloud, account, record));
        const met = seen.get(record);
        if (met === undefined) continue;
        const here = found.get(viewpoint) ?? new Map<string, Met>();
        found.set(viewpoint, here.set(`${met.key} ${met.policy}`, met));
      }
    }
  }
  return found;
}

function metAt(cloud: Cloud, account: string, record: RecordSet): Met | undefined {
  const endpoint = endpointOf(record);
  const domain = endpoint === undefined ? undefined : domainAt(cloud, account, endpoint);
  const key = endpoint === undefined ? undefined : certificateAt(cloud, account, endpoint)?.keyAlgorithm;
  return endpoint === undefined || domain === undefined || key === undefined
    ? undefined
    : { region: endpoint.region, key, policy: domain.securityPolicy };
}
