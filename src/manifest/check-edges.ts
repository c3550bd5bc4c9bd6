import { regionFacts } from "../cloud/region.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { certificateFor, sayNotCovered } from "./check-apis.ts";
import { sayUnknownRegion } from "./check-regions.ts";
import { quoted } from "./draft.ts";
import type { Draft, PlacedName } from "./draft.ts";
import type { Path } from "./located.ts";
import type { Report } from "./report.ts";

/** Beside the default one, of one load balancer. Source: Elastic Load Balancing guide, "Quotas for your Application Load Balancers"; checked 2026-11-23. */
const LISTENER_CERTIFICATES = 25;

export function listenersAreNamedOnce({ file, incomplete }: Draft, report: Report): void {
  for (const [label, { regions }] of Object.entries(file.loadBalancers ?? {})) {
    for (const [region, { loadBalancer, listener, port }] of Object.entries(regions)) {
      const path = ["loadBalancers", label, "regions", region];
      if (loadBalancer === undefined && listener === undefined && !incomplete.has("loadBalancers")) {
        const message = `\`${region}\` has neither \`loadBalancer\` nor \`listener\`.`;
        report({ code: "MISSING_KEY", message, help: "Add `loadBalancer:` with its name." }, path, "key");
      }
      if (listener === undefined || (loadBalancer ?? port) === undefined) continue;
      const extra = loadBalancer === undefined ? "port" : "loadBalancer";
      const message = `\`listener\` already says which listener; \`${extra}\` beside it could say another.`;
      report({ code: "LISTENER_CONFLICT", message, help: "Keep one of the two." }, [...path, extra], "key");
    }
  }
}

export function listenersHoldTheirCertificates(draft: Draft, report: Report): void {
  for (const [label, section] of Object.entries(draft.file.loadBalancers ?? {})) {
    const path = ["loadBalancers", label];
    const bound = section.certificates.filter((each) => each !== section.default);
    if (new Set(bound).size > LISTENER_CERTIFICATES) {
      const message = `The load balancer \`${label}\` binds ${bound.length} certificates; it takes ${LISTENER_CERTIFICATES} beside the default one.`;
      const help = "Put several names into one certificate, or use a second load balancer.";
      report({ code: "LISTENER_CERTIFICATES", message, help }, [...path, "certificates"], "key");
    }
    const seen = new Set<string>();
    for (const [index, each] of section.certificates.entries()) {
      const at = [...path, "certificates", index];
      if (seen.has(each))
        report(
          { code: "DUPLICATE", message: `\`${each}\` is here a second time.`, help: "Remove one of the two." },
          at,
        );
      else certificateFor(draft, each, at, report);
      seen.add(each);
    }
    if (section.default !== undefined) certificateFor(draft, section.default, [...path, "default"], report);
  }
}

export function edgeNamesAreCovered(draft: Draft, report: Report): void {
  for (const { label, names } of draft.loadBalancers) {
    const section = draft.file.loadBalancers?.[label];
    const bound = new Set([
      ...(section?.certificates ?? []),
      ...(section?.default === undefined ? [] : [section.default]),
    ]);
    const held = draft.certificates.filter((each) => bound.has(each.label));
    for (const each of names) {
      // A certificate that is not there is told elsewhere, and could have covered it.
      if (held.length === bound.size) sayNotCovered(held, each.name, each.path, report);
    }
  }
  for (const { name, path } of draft.sites) {
    const label = draft.file.sites?.[String(path[1])]?.certificate;
    const found = label === undefined ? undefined : certificateFor(draft, label, [...path, "certificate"], report);
    if (found !== undefined) sayNotCovered([found], name, [...path, "certificate"], report);
  }
}

/** A name is in one section: its record sets have one owner. */
export function namesAreInOneSection({ apis, loadBalancers, sites }: Draft, report: Report): void {
  const first = new Map<DomainName, string>(apis.map(({ name }) => [name, "apis"]));
  const claim = (section: string, on: "key" | "value") => (each: PlacedName) => {
    const other = first.get(each.name);
    if (other !== undefined) {
      const message = `${quoted(each.name)} is under \`${other}\` already.`;
      report({ code: "DUPLICATE", message, help: "Remove it from one of the two." }, each.path, on);
    }
    first.set(each.name, other ?? section);
  };
  for (const { names } of loadBalancers) names.forEach(claim("loadBalancers", "value"));
  sites.forEach(claim("sites", "key"));
}

/** CloudFront takes no P-384 key. Source: ACM guide, "Prerequisites for importing ACM certificates"; checked 2026-11-23. */
export function siteKeysAreAccepted(draft: Draft, report: Report): void {
  for (const { path } of draft.sites) {
    const label = draft.file.sites?.[String(path[1])]?.certificate;
    const keys = draft.certificates.find((each) => each.label === label)?.keyAlgorithms ?? [];
    if (keys.length === 0 || keys.some((key) => key !== "EC_secp384r1")) continue;
    const message = `CloudFront takes no P-384 key, and the certificate \`${label}\` has no other.`;
    const help = "Add RSA_2048 or EC_prime256v1 to its `keyAlgorithms`.";
    report({ code: "SITE_KEY", message, help }, [...path, "certificate"]);
  }
}

/** Source: CloudFront Developer Guide, "Differences between CloudFront Functions and Lambda@Edge"; checked 2026-11-23. */
const EVENTS = {
  "cloudfront-function": ["viewer-request", "viewer-response"],
  "lambda-edge": ["viewer-request", "viewer-response", "origin-request", "origin-response"],
} as const;

export function siteFunctionsFitTheRuntime({ file }: Draft, report: Report): void {
  for (const [name, { functions, runtime = "cloudfront-function", role }] of Object.entries(file.sites ?? {})) {
    const known: readonly string[] = EVENTS[runtime];
    for (const event of Object.keys(functions ?? {})) {
      if (known.includes(event)) continue;
      const message = `A ${runtime} has no event \`${event}\`.`;
      report(
        { code: "SITE_FUNCTION", message, help: `One of: ${known.join(", ")}.` },
        ["sites", name, "functions", event],
        "key",
      );
    }
    if (runtime === "lambda-edge" && role === undefined) {
      const message = "`runtime: lambda-edge` needs `role`, the function's execution role.";
      report({ code: "MISSING_KEY", message, help: "Add `role:` with the ARN of a role." }, ["sites", name, "runtime"]);
    }
    if (runtime !== "lambda-edge" && role !== undefined) {
      const message = "`role` counts only with `runtime: lambda-edge`.";
      report({ code: "SITE_FUNCTION", message, help: "Remove it." }, ["sites", name, "role"], "key");
    }
  }
}

/** Regions of sections other than apis, and of ARNs beside them. */
export function otherRegionsExist({ file }: Draft, report: Report): void {
  for (const [label, { regions }] of Object.entries(file.loadBalancers ?? {})) {
    for (const [region, { listener }] of Object.entries(regions))
      arnIsOf(region, listener, ["loadBalancers", label, "regions", region], ["listener"], report);
  }
  for (const [label, section] of Object.entries(file.certificates ?? {})) {
    for (const key of ["authority", "arn"] as const) {
      for (const [region, arn] of Object.entries(section[key] ?? {}))
        arnIsOf(region, arn, ["certificates", label, key, region], [], report);
    }
  }
  const schedule = file.failover?.scheduleRegion;
  if (schedule !== undefined && regionFacts(schedule) === undefined)
    sayUnknownRegion(schedule, ["failover", "scheduleRegion"], "value", report);
}

function arnIsOf(region: string, arn: string | undefined, path: Path, below: Path, report: Report): void {
  if (regionFacts(region) === undefined) return sayUnknownRegion(region, path, "key", report);
  const other = arn?.split(":")[3];
  if (other === undefined || other === region) return;
  const message = `This ARN is of ${other === "" ? "no Region" : `the Region \`${other}\``}, and stands under \`${region}\`.`;
  report({ code: "ARN_REGION", message, help: "Write the ARN of the resource in this Region." }, [...path, ...below]);
}
