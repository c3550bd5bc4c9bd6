import type { Region } from "../../cloud/call.ts";
import type { Cloud } from "../../cloud/cloud.ts";
import { regionOf } from "../../cloud/edit.ts";
import { display } from "../../dns/domain-name.ts";
import type { Invariant } from "../invariant.ts";
import type { Violation } from "../proof.ts";
import { domainOf, endpointOf } from "../reachable.ts";
import type { Reachable, WatchedName } from "../reachable.ts";
import { ADDRESS_TYPES, answersFrom } from "../viewpoints.ts";

interface ClientClass {
  readonly who: string;
  /** Of a certificate's key, as ACM names it. */
  readonly key: RegExp;
  readonly algorithm: string;
}

/** Clients that choose between keys are served by any; these are not. */
const CLASSES: readonly ClientClass[] = [
  { who: "Clients that take RSA keys only", key: /^RSA_/u, algorithm: "RSA_2048" },
  { who: "Clients that take ECDSA keys only", key: /^EC_/u, algorithm: "EC_prime256v1" },
];

/**
 * Clients that can use one kind of key only, and were served near a Region, are served there in every state.
 * Source: RFC 8446 §4.2.3 (a server's certificate must have a key that the client offers), checked 2026-11-23.
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

function shutOut({ who, key, algorithm }: ClientClass, at: Reachable, watched: WatchedName): readonly Violation[] {
  const before = keysFrom(at.baseline, at.account, watched);
  for (const [viewpoint, keys] of keysFrom(at.cloud, at.account, watched)) {
    const useless = [...keys].find(([each]) => !key.test(each));
    const known = [...(before.get(viewpoint)?.keys() ?? [])];
    if (useless === undefined || known.length === 0 || !known.every((each) => key.test(each))) continue;
    const [found, region] = useless;
    return [
      {
        code: "CLIENTS_SHUT_OUT",
        name: watched.name,
        viewpoint,
        message: `${who} can no longer connect to ${display(watched.name)}: they are led to ${region}, whose certificate has the key ${found}.`,
        help: `Keep ${algorithm} first in the certificate's \`keyAlgorithms\`; when no such clients are left, lift this for one run with \`--lift clientClasses\`.`,
      },
    ];
  }
  return [];
}

/** The keys of the certificates that clients near each Region meet, each with the Region where they do. */
function keysFrom(
  cloud: Cloud,
  account: string,
  watched: WatchedName,
): ReadonlyMap<Region, ReadonlyMap<string, Region>> {
  const found = new Map<Region, Map<string, Region>>();
  for (const type of ADDRESS_TYPES) {
    for (const [viewpoint, { records }] of answersFrom(cloud, watched, type)) {
      for (const record of records) {
        const region = endpointOf(record)?.region ?? "";
        const arn = domainOf(cloud, account, record)?.regionalCertificateArn ?? "";
        const key = regionOf(cloud, account, region).certificates.get(arn)?.keyAlgorithm;
        if (key !== undefined)
          found.set(viewpoint, (found.get(viewpoint) ?? new Map<string, Region>()).set(key, region));
      }
    }
  }
  return found;
}
