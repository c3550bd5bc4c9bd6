import type { Mutant } from "./mutant.ts";

/** Rules of the write protocol and of the drain: V and F as in its counter-examples. */
export const againstTheProtocol: readonly Mutant[] = [
  {
    name: "UPSERT instead of compare-and-swap",
    promise: "no stale write (V1)",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: `    ...deletions.map((record) => batchChange("DELETE", record)),
    ...creations.map((record) => batchChange("CREATE", record)),`,
        replace: `    ...deletions.filter((old) => !creations.some((each) => recordKey(each) === recordKey(old))).map((record) => batchChange("DELETE", record)),
    ...creations.map((record) => batchChange("UPSERT", record)),`,
      },
    ],
  },
  {
    name: "no drain",
    promise: "drain before delete (V3)",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: "return from + Math.max(2 * marker.maxTtl, minimumSeconds, DRAIN_FLOOR_SECONDS) * SECOND;",
        replace: "return from;",
      },
    ],
  },
  {
    name: "drain by the new TTL alone",
    promise: "drain before delete",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: "return from + Math.max(2 * marker.maxTtl, minimumSeconds, DRAIN_FLOOR_SECONDS) * SECOND;",
        replace: "return from + marker.maxTtl * SECOND;",
      },
    ],
  },
  {
    name: "drain from the write, not from INSYNC",
    promise: "drain before delete (V5)",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: "return { delta: { drained: [{ target: spec.target, from: change.insyncAt }] } };",
        replace: "return { delta: { drained: [{ target: spec.target, from: change.submittedAt }] } };",
      },
      {
        file: "src/resource/condemned.ts",
        find: `if (change.insyncAt > cloud.now) return wait("Route 53 to have it on every name server");`,
        replace: "",
      },
    ],
  },
  {
    name: "INSYNC of an older change",
    promise: "drain before delete (V10)",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: "if (!(order < 0)) newest = change;",
        replace: "if (newest === undefined || order < 0) newest = change;",
      },
      { file: "src/resource/swap.ts", find: " || generation(change) < since) continue;", replace: ") continue;" },
    ],
  },
  {
    name: "no bump after a restart",
    promise: "drain before delete (V11)",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: "if (change === undefined) return { delta: {} };",
        replace: "if (change === undefined) return { delta: { drained: [{ target: spec.target, from: cloud.now }] } };",
      },
    ],
  },
  {
    name: "the marker in a second call",
    promise: "no stale write (V6)",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: `    if (read.state === "read") deletions.push(read.record);`,
        replace: `    if ((swap.delta.drop ?? []).length > 0 && swaps.length === 1)
      return { do: "call", call: batchCall(first.spec, [...(swap.delta.drop ?? []).map((each) => batchChange("DELETE", each)), ...(swap.delta.publish ?? []).map((each) => batchChange("CREATE", each.record))]) };
    if (read.state === "read") deletions.push(read.record);`,
      },
    ],
  },
  {
    name: "a stale plan is accepted: the marker is overwritten",
    promise: "no stale write (V2)",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: `    if (read.state === "read") deletions.push(read.record);`,
        replace: "",
      },
      {
        file: "src/resource/swap.ts",
        find: `    ...creations.map((record) => batchChange("CREATE", record)),`,
        replace: `    ...creations.map((record) => batchChange(record.Type === "TXT" ? "UPSERT" : "CREATE", record)),`,
      },
    ],
  },
  {
    name: "a conflict is rebased, and no record is relied on",
    promise: "no stale write (V14)",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: "return marker.nonce === guard.basis || writtenUnder(guard, marker);",
        replace: "return true;",
      },
      {
        file: "src/execute/retry.ts",
        find: `  if (THROTTLED.has(fault.code)) return "throttled";`,
        replace: `  if (THROTTLED.has(fault.code) || fault.code === "InvalidChangeBatch") return "throttled";`,
      },
      {
        file: "src/execute/send-one.ts",
        find: "if (/already exists/iu.test(fault.message)) yield*",
        replace: "yield*",
      },
      {
        file: "src/execute/send-one.ts",
        find: "    for (const step of steps) yield* run.fail(step, otherThanProved(call, differs), true);\n    return;",
        replace: "",
      },
      {
        file: "src/resource/swap.ts",
        find: "const { drop = [], keep = [], publish = [] } = swap.delta;",
        replace: "const { drop = [], publish = [] } = swap.delta; const keep: readonly RecordSet[] = [];",
      },
    ],
  },
  {
    name: "no nonce in the marker",
    promise: "no stale write (V15)",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: "const nonce = `${guard.nonce}.${generation}`;",
        replace: "const nonce = `x.${generation}`;",
      },
      {
        file: "src/resource/swap.ts",
        find: "marker?.nonce.startsWith(`${guard.nonce}.`) === true;",
        replace: 'marker?.nonce.startsWith("x.") === true;',
      },
      {
        file: "src/resource/claim.ts",
        find: "if (!claim.nonce.startsWith(`${guard.nonce}.`))",
        replace: 'if (!claim.nonce.startsWith("x."))',
      },
    ],
  },
  {
    name: "targets are read before the marker, and no tombstone",
    promise: "no stale write (F3)",
    patches: [
      {
        file: "src/observe/observe.ts",
        find: "  const missing = options.goal ===",
        replace: "  for (const zone of listed) await readRecordSets(zone, from);\n  const missing = options.goal ===",
      },
      {
        file: "src/resource/api-domain.ts",
        find: "return live !== undefined && live.regionalDomainName === tomb?.incarnation ? undefined : live;",
        replace: "return tomb === undefined ? live : live;",
      },
      {
        file: "src/observe/buried.ts",
        find: "    for (const { target, incarnation } of marker.tombs) {",
        replace: "    for (const { target, incarnation } of marker.tombs.slice(0, 0)) {",
      },
    ],
  },
  {
    name: "no last look",
    promise: "converged is converged (F4)",
    patches: [
      {
        file: "src/pipeline.ts",
        find: "else if (await unmoved(seen.cloud, seen.scope, ports.send))",
        replace: "else if (true)",
      },
    ],
  },
  {
    name: "no stop when contested",
    promise: "CONTESTED (F6)",
    patches: [
      {
        file: "src/execute/rounds.ts",
        find: "  if (again !== undefined) {",
        replace: "  if (again !== undefined && false) {",
      },
    ],
  },
  {
    name: "a condemned check is used again, and one that has drained need not come to its end first",
    promise: "drain before delete (H2)",
    patches: [
      {
        file: "src/resource/health-check.ts",
        find: "if (condemned.has(checkTarget(check.Id)) || ",
        replace: "if (",
      },
      {
        file: "src/plan/ending.ts",
        find: 'entry.state === "drained" && scope.wanted',
        replace: 'entry.state === "drained" && !entry.target.startsWith("health-check/") && scope.wanted',
      },
    ],
  },
  {
    name: "a gate is deleted while a record refers to it",
    promise: "drain before delete",
    patches: [
      { file: "src/resource/health-check.ts", find: "  if (drained !== true) return drained;", replace: "" },
      { file: "src/resource/health-check.ts", find: "  return referrer === undefined\n", replace: "  return true\n" },
      { file: "src/plan/removal.ts", find: "  gate: 5,", replace: "  gate: 0.5," },
    ],
  },
  {
    name: "what has drained is taken back",
    promise: "no stale write (V4)",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: "return claimed || (entry.incarnation === incarnation && entry.drainedFrom !== undefined);",
        replace: "return claimed && false;",
      },
      {
        file: "src/plan/ending.ts",
        find: "if (drained.length + superseded.length === 0) return [];",
        replace: "return [];",
      },
    ],
  },
  {
    name: "the tombstone is ignored",
    promise: "a stale read is not believed (V17)",
    patches: [
      {
        file: "src/resource/api-domain.ts",
        find: "return live !== undefined && live.regionalDomainName === tomb?.incarnation ? undefined : live;",
        replace: "return tomb === undefined ? live : live;",
      },
      {
        file: "src/observe/buried.ts",
        find: "    for (const { target, incarnation } of marker.tombs) {",
        replace: "    for (const { target, incarnation } of marker.tombs.slice(0, 0)) {",
      },
    ],
  },
  {
    name: "a deletion by name without a claim",
    promise: "no stale write (V7)",
    patches: [
      {
        file: "src/resource/claim.ts",
        find: "  const { claim, target, incarnation } = entry;\n",
        replace: `  const { claim, target, incarnation } = entry;
  if (spec.name !== undefined) return call({ account: spec.account, region: spec.region, service: "apigateway", ...deletion });
`,
      },
    ],
  },
  {
    name: "the claim of another run is not respected",
    promise: "no stale write (V8)",
    patches: [
      {
        file: "src/resource/claim.ts",
        find: "if (!claim.nonce.startsWith(`${guard.nonce}.`))",
        replace: "if (false)",
      },
    ],
  },
  {
    name: "a deletion is sent again",
    promise: "no stale write (V9)",
    patches: [
      {
        file: "src/resource/claim.ts",
        find: `  if (endOf(spec, claim, cloud) === "doubtful")
    return wait(`,
        replace: `  if (endOf(spec, claim, cloud) === "doubtful" && claim.notAfter < 0)
    return wait(`,
      },
    ],
  },
  {
    name: "the first publication has no date",
    promise: "no stale write (L3)",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: "call: makesMarker ? { ...call, signedAt: cloud.now } : call };",
        replace: "call: makesMarker ? call : call };",
      },
    ],
  },
  {
    name: "gone facts die at once with the marker",
    promise: "a stale read is not believed (L4)",
    patches: [
      {
        file: "src/cloud/linger.ts",
        find: "export const MARKER_LINGER = 5 * MINUTE;",
        replace: "export const MARKER_LINGER = 0 * MINUTE;",
      },
    ],
  },
  {
    name: "a batch does not re-assert the records that it relies on",
    promise: "no name goes dark",
    patches: [
      {
        file: "src/resource/swap.ts",
        find: "const { drop = [], keep = [], publish = [] } = swap.delta;",
        replace: "const { drop = [], publish = [] } = swap.delta; const keep: readonly RecordSet[] = [];",
      },
    ],
  },
  {
    name: "a registration at a shared check is trusted without a swap",
    promise: "no stale write (G2)",
    patches: [
      {
        file: "src/resource/check-user.ts",
        find: "const here = isUser(marker, spec.user) && writtenUnder(guardOf(change), marker);",
        replace: "const here = isUser(marker, spec.user);",
      },
    ],
  },
  {
    name: "a name leaves a shared check without a bump of its own",
    promise: "no stale write (G3)",
    patches: [
      {
        file: "src/resource/condemned.ts",
        find: "return leavesUnseen(change, entry, cloud) ? { delta: {} } : drain(after, entry, cloud);",
        replace: "return drain(after, entry, cloud);",
      },
      {
        file: "src/resource/check-user.ts",
        find: "  if (!writtenUnder(guardOf(change), markerOf(cloud, user))) return movedOn(user);\n",
        replace: "",
      },
      { file: "src/plan/removal.ts", find: "const SHARED_RANK = 10;", replace: "const SHARED_RANK = 1;" },
    ],
  },
];
