import type { Mutant } from "./mutant.ts";

/** The other promises. */
export const againstPromises: readonly Mutant[] = [
  {
    name: "delete before create",
    promise: "no name goes dark",
    patches: [
      {
        file: "src/resource/record-set.ts",
        find: ": { replace: { drop: before.live, publish } };",
        replace: ": { drop: before.live };",
      },
    ],
  },
  {
    name: "cleanup without a look at references or the drain",
    promise: "cleanup by live reference, never by age",
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
    ],
  },
  {
    name: "validation record deleted with the first certificate",
    promise: "validation records are never deleted",
    patches: [
      {
        file: "src/resource/certificate.ts",
        find: `  return call(acm(spec, "DeleteCertificate", { CertificateArn: spec.arn }));`,
        replace: `  for (const { id, zones } of cloud.accounts)
    for (const zone of zones)
      for (const record of zone.recordSets)
        if (record.ResourceRecords?.[0]?.Value.endsWith("acm-validations.aws."))
          return call({ account: id, region: "us-east-1", service: "route53", operation: "ChangeResourceRecordSets",
            input: { HostedZoneId: zone.id, ChangeBatch: { Changes: [{ Action: "DELETE", ResourceRecordSet: record }] } } });
  return call(acm(spec, "DeleteCertificate", { CertificateArn: spec.arn }));`,
      },
    ],
  },
  {
    name: "a denied read is taken for absence",
    promise: "what cannot be read is unknown",
    patches: [
      {
        file: "src/observe/observe.ts",
        find: "withUnseen(withQuotas(manifest, account, withoutBuried(from.cloud(), scope)), from.faults)",
        replace: "withQuotas(manifest, account, withoutBuried(from.cloud(), scope))",
      },
    ],
  },
  {
    name: "the last Region may go",
    promise: "no name goes dark",
    patches: [
      {
        file: "src/interlock/invariants.ts",
        find: "  nameKeepsAnswering, //",
        replace: "  //",
      },
      { file: "src/plan/removal.ts", find: `  "record-set": 1,`, replace: `  "record-set": 0,` },
    ],
  },
  {
    name: "removals first",
    promise: "removals last (F5)",
    patches: [{ file: "src/plan/removal.ts", find: `  "record-set": 1,`, replace: `  "record-set": 0,` }],
  },
  {
    name: "a burnt reference is used again",
    promise: "kill it anywhere (H1)",
    patches: [
      {
        file: "src/resource/health-check.ts",
        find: "if (!known.has(reference)) return reference;",
        replace: "return `${referencePrefix(spec)}1`;",
      },
    ],
  },
  {
    name: "publication without a probe",
    promise: "a Region is published only after a probe",
    patches: [{ file: "src/resource/record-set.ts", find: "    endpointProbeAddress(spec),\n", replace: "" }],
  },
  {
    name: "a foreign record set is taken for ours",
    promise: "foreign stays foreign",
    patches: [
      {
        file: "src/resource/record-set.ts",
        find: "yield { address: recordAddress(spec), spec, ours: false, edited: false",
        replace: "yield { address: recordAddress(spec), spec, ours: true, edited: false",
      },
    ],
  },
  {
    name: "an edit by hand is reverted",
    promise: "an edit by hand is asked about",
    patches: [
      {
        file: "src/plan/held.ts",
        find: "    return name === undefined || decided(address) ? []",
        replace: "    return name !== undefined || decided(address) ? []",
      },
    ],
  },
  {
    name: "limits are ignored, by the proof too",
    promise: "limits",
    patches: [
      {
        file: "src/plan/limits.ts",
        find: "  return checks.filter(({ limit }) => !lifted.includes(limit))",
        replace: "  return checks.filter(() => false)",
      },
      {
        file: "src/interlock/policy.ts",
        find: 'lifted.includes("regionsRemovedPerRun") ? Infinity : limits.regionsRemovedPerRun',
        replace: "Infinity",
      },
    ],
  },
  {
    name: "an entry is released before its thing is gone",
    promise: "nothing orphaned",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: `return still === false ? {`,
        replace: "return true ? {",
      },
      { file: "src/plan/removal.ts", find: "  release: 8,", replace: "  release: 4," },
    ],
  },
  {
    name: "what is dropped is not condemned",
    promise: "nothing orphaned",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: "  const added = (delta.condemn ?? [])",
        replace: "  const added = (delta.condemn ?? []).filter(() => false)",
      },
    ],
  },
  {
    name: "a certificate that nothing needs is kept",
    promise: "nothing orphaned",
    patches: [
      {
        file: "src/resource/certificate.ts",
        find: "  keep(observed, cloud, scope) {\n",
        replace: "  keep(observed, cloud, scope) {\n    if (observed.ours) return true;\n",
      },
    ],
  },
  {
    name: "the executor believes a refused model",
    promise: "the proof comes first",
    patches: [
      {
        file: "src/pipeline.ts",
        find: "else if (proof?.safe !== true || against.length > 0)",
        replace: "else if (proof === undefined || (proof.safe && against.length > 0))",
      },
      { file: "src/execute/execute.ts", find: "if (proof.digest !== planDigest(plan))", replace: "if (false)" },
      { file: "src/plan/removal.ts", find: `  "record-set": 1,`, replace: `  "record-set": 0,` },
    ],
  },
];
