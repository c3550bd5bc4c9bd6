import type { Mutant } from "./mutant.ts";

const RANK_OF_RECORDS = `  "record-set": 1,`;

/**
 * Faults of planner and kinds, and of AWS as the model has it, that the proof is to refuse: for each of its invariants there is
 * a mutant here, or among the others, that is caught by this invariant and by none before it.
 */
export const againstInvariants: readonly Mutant[] = [
  {
    name: "the account has room for one health check",
    promise: "the proof comes first",
    invariant: "QUOTA_TOO_SMALL",
    patches: [
      {
        file: "src/cloud/quotas.ts",
        find: `  "route53.healthChecks": {
    value: 200,`,
        replace: `  "route53.healthChecks": {
    value: 1,`,
      },
    ],
  },
  {
    name: "an endpoint is deleted while a record leads to it",
    promise: "cleanup by live reference, never by age",
    invariant: "TARGET_MISSING",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: "return cloud.now >= end ? true : wait(",
        replace: "return true; wait(",
      },
      {
        file: "src/resource/api-domain.ts",
        find: `if (isAnswered(spec, entry.incarnation, cloud)) return lost("its last reference: a record points to it again");`,
        replace: "",
      },
      {
        file: "src/resource/condemned.ts",
        find: "return cloud.now >= end ? done : wait(",
        replace: "return done; wait(",
      },
      { file: "src/plan/removal.ts", find: `  "health-check": 6,`, replace: `  "health-check": 7,` },
    ],
  },
  {
    name: "a certificate goes before what presents it",
    promise: "cleanup by live reference, never by age",
    invariant: "CERTIFICATE_IN_USE",
    patches: [
      {
        file: "src/resource/certificate.ts",
        find: `    if (domain.regionalCertificateArn === spec.arn)
      return lost(`,
        replace: `    if (domain.regionalCertificateArn === "")
      return lost(`,
      },
      { file: "src/plan/removal.ts", find: "  certificate: 7,", replace: "  certificate: 0.5," },
    ],
  },
  {
    name: "a certificate goes before what presents it, AWS lets it, and nothing looks at its use",
    promise: "cleanup by live reference, never by age",
    invariant: "CERTIFICATE_DOES_NOT_COVER",
    patches: [
      {
        file: "src/resource/certificate.ts",
        find: `    if (domain.regionalCertificateArn === spec.arn)
      return lost(`,
        replace: `    if (domain.regionalCertificateArn === "")
      return lost(`,
      },
      { file: "src/plan/removal.ts", find: "  certificate: 7,", replace: "  certificate: 0.5," },
      {
        file: "src/cloud/acm/delete-certificate.ts",
        find: "if (holder !== undefined) {",
        replace: "if (holder === '') {",
      },
      { file: "src/interlock/invariants.ts", find: "  certificateInUseStays, //", replace: "  //" },
    ],
  },
  {
    name: "who lifts clientClasses is not heard",
    promise: "limits",
    invariant: "CLIENTS_SHUT_OUT",
    patches: [{ file: "src/interlock/policy.ts", find: `lifted.includes("clientClasses")`, replace: "false" }],
  },
  {
    name: "who lifts regionsRemovedPerRun is not heard",
    promise: "limits",
    invariant: "TOO_MANY_REGIONS_GONE",
    patches: [
      {
        file: "src/interlock/policy.ts",
        find: `lifted.includes("regionsRemovedPerRun") ? Infinity : limits.regionsRemovedPerRun`,
        replace: "limits.regionsRemovedPerRun",
      },
    ],
  },
  {
    name: "checks of another interval say the contrary",
    promise: "no name goes dark",
    invariant: "LAST_HEALTHY_REGION",
    patches: [
      {
        file: "src/resource/health-check.ts",
        find: "    RequestInterval: spec.intervalSeconds,\n    FailureThreshold",
        replace:
          "    RequestInterval: spec.intervalSeconds,\n    ...(spec.intervalSeconds === 10 ? { Inverted: true } : {}),\n    FailureThreshold",
      },
    ],
  },
  {
    name: "every gate is made as if a drill were on, and nobody looks",
    promise: "the proof comes first",
    invariant: "DRILL_DISTURBED",
    patches: [
      {
        file: "src/resource/health-check.ts",
        find: `return { Type: "CALCULATED", HealthThreshold: 1,`,
        replace: `return { Type: "CALCULATED", HealthThreshold: 2,`,
      },
      {
        file: "src/resource/health-check.ts",
        find: `  config.Type === "CALCULATED" && (config.HealthThreshold ?? 0) > (config.ChildHealthChecks ?? []).length;`,
        replace: `  config.Type === "CALCULATED" && (config.HealthThreshold ?? 0) > 2;`,
      },
    ],
  },
  {
    name: "the name servers of a zone go with a certificate",
    promise: "foreign stays foreign",
    invariant: "ZONE_TOUCHED",
    patches: [
      {
        file: "src/resource/certificate.ts",
        find: `  return call(acm(spec, "DeleteCertificate", { CertificateArn: spec.arn }));`,
        replace: `  for (const { id, zones } of cloud.accounts)
    for (const zone of zones)
      for (const record of zone.recordSets)
        if (record.Type === "NS")
          return call({ account: id, region: "us-east-1", service: "route53", operation: "ChangeResourceRecordSets",
            input: { HostedZoneId: zone.id, ChangeBatch: { Changes: [{ Action: "DELETE", ResourceRecordSet: record }] } } });
  return call(acm(spec, "DeleteCertificate", { CertificateArn: spec.arn }));`,
      },
    ],
  },
  {
    name: "a batch holds less than a marker",
    promise: "the proof comes first",
    invariant: "BATCH_TOO_LARGE",
    patches: [
      {
        file: "src/cloud/route53/limits.ts",
        find: "export const BATCH_VALUE_CHARACTERS_MAX = 32_000;",
        replace: "export const BATCH_VALUE_CHARACTERS_MAX = 320;",
      },
    ],
  },
  {
    name: "records go before others stand",
    promise: "no name goes dark",
    invariant: "NAME_GOES_DARK",
    patches: [{ file: "src/plan/removal.ts", find: RANK_OF_RECORDS, replace: `  "record-set": 0,` }],
  },
];
