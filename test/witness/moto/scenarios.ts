import { deepStrictEqual, equal, ok } from "node:assert/strict";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import { look } from "../../../src/pipeline.ts";
import { hasChanges } from "../../../src/plan/plan.ts";
import type { PlanOptions } from "../../../src/plan/options.ts";
import { CONVERGE, RETIRE, reconcile } from "../../world/world.ts";
import { checksOf, estateOf, recordsOf, writeRecords, type Estate } from "./estate.ts";
import type { MotoWorld } from "./world.ts";

/** One story that the product must carry through on moto, from an empty account. Throws what is wrong. */
export interface Scenario {
  readonly name: string;
  tell(into: MotoWorld): Promise<void>;
}

async function converge(into: MotoWorld, manifest: Manifest, options: Partial<PlanOptions> = {}): Promise<void> {
  const done = await reconcile(into, manifest, options);
  const { plan, proof } = done.look;
  const told = [...done.diagnostics, ...plan.diagnostics].map(({ code, message }) => `${code}: ${message}`);
  equal(done.outcome, "converged", JSON.stringify(proof?.safe === false ? proof.violation : told));
}

/** A plan is empty, and a run of it writes nothing. */
async function atRest(into: MotoWorld, manifest: Manifest, options: PlanOptions = CONVERGE): Promise<void> {
  equal(hasChanges((await look(manifest, options, into.ports)).plan), false, "the plan is not empty");
  const from = into.log.length;
  await converge(into, manifest, options);
  deepStrictEqual(writes(into, from), []);
}

const writes = (into: MotoWorld, from: number): readonly string[] =>
  into.log.slice(from).flatMap(({ operation }) => (/:(Get|List|Describe)/.test(operation) ? [] : [operation]));

const withHealthPath = (into: MotoWorld, path: string): Manifest => ({
  ...into.manifest,
  apis: [{ ...into.api, healthCheck: { ...into.api.healthCheck!, path } }],
});

const withRegions = (into: MotoWorld, count: number): Manifest => ({
  ...into.manifest,
  apis: [{ ...into.api, regions: into.regions.slice(0, count) }],
});

const retired = (into: MotoWorld): Manifest => ({
  ...into.manifest,
  apis: [],
  certificates: [],
  retire: [domainName("shop.example.com")],
});

const firstApply: Scenario = {
  name: "the first apply stands, and a second one writes nothing",
  async tell(into) {
    const before = await estateOf(into);
    await converge(into, into.manifest);
    const estate = await estateOf(into);
    equal(estate.records.filter((each) => each.startsWith(String.raw`A shop.example.com.`)).length, 2);
    equal(estate.checks.length, 4, "an endpoint's check and its gate in each Region");
    for (const region of ["us-east-1", "us-west-2"]) {
      deepStrictEqual(estate.regions[region]?.domains, ["shop.example.com v1=prod"]);
      equal(estate.regions[region]?.certificates.length, 1);
    }
    deepStrictEqual(estate.regions["eu-west-1"], before.regions["eu-west-1"]);
    await atRest(into, into.manifest);
  },
};

const healthPath: Scenario = {
  name: "another health check path changes the checks in place",
  async tell(into) {
    await converge(into, into.manifest);
    const ids = (await checksOf(into.send)).map(({ Id }) => Id).toSorted();
    const changed = withHealthPath(into, "/prod/ready");
    await converge(into, changed);
    const checks = await checksOf(into.send);
    deepStrictEqual(checks.map(({ Id }) => Id).toSorted(), ids);
    const asked = checks.flatMap(({ HealthCheckConfig: { ResourcePath } }) => ResourcePath ?? []);
    deepStrictEqual(asked, ["/prod/ready", "/prod/ready"]);
    await atRest(into, changed);
  },
};

const regionAdded: Scenario = {
  name: "a Region is added, and taken out again after its drain",
  async tell(into) {
    await converge(into, into.manifest);
    const two = await estateOf(into);
    await converge(into, withRegions(into, 3));
    const three = await estateOf(into);
    deepStrictEqual(three.regions["eu-west-1"]?.domains, ["shop.example.com v1=prod"]);
    await atRest(into, withRegions(into, 3));
    const option = { lift: ["deletePercent"] } as const;
    await converge(into, into.manifest, option);
    deepStrictEqual(await estateOf(into), two);
    await atRest(into, into.manifest);
  },
};

const keyAlgorithm: Scenario = {
  name: "another key algorithm: the certificates are replaced, and the old ones go",
  async tell(into) {
    await converge(into, into.manifest);
    const certificates = into.manifest.certificates.map((each) => ({
      ...each,
      keyAlgorithms: ["EC_prime256v1"] as const,
    }));
    const changed: Manifest = { ...into.manifest, certificates };
    // Clients that take RSA keys only are let go of with it: that is to be said.
    await converge(into, changed, { lift: ["deletePercent", "clientClasses"] });
    const { regions } = await estateOf(into);
    for (const region of ["us-east-1", "us-west-2"]) {
      deepStrictEqual(
        regions[region]?.certificates.map((each) => each.split(" ").slice(0, 2).join(" ")),
        ["ISSUED EC_prime256v1"],
      );
    }
    await atRest(into, changed);
  },
};

const retirement: Scenario = {
  name: "a retired name, then destroy: nothing is left but what was there before",
  async tell(into) {
    const before = await estateOf(into);
    await converge(into, into.manifest);
    await converge(into, retired(into), { lift: ["deletePercent"] });
    deepStrictEqual(withoutMarkers(await estateOf(into)), withoutMarkers(before));
    await converge(into, into.manifest);
    await converge(into, into.manifest, RETIRE);
    deepStrictEqual(await estateOf(into), before);
  },
};

const withoutMarkers = (estate: Estate): Estate => ({
  ...estate,
  records: estate.records.filter((each) => !each.startsWith("TXT ")),
});

const editByHand: Scenario = {
  name: "an edit behind the back is held, and put back only when that is asked for",
  async tell(into) {
    await converge(into, into.manifest);
    const wanted = await recordsOf(into.send, into.zoneId);
    const record = wanted.find(({ Type, Region }) => Type === "A" && Region === "us-west-2");
    ok(record);
    const target = { ...(record["AliasTarget"] as object), EvaluateTargetHealth: true };
    await writeRecords(into, [
      { Action: "DELETE", ResourceRecordSet: record },
      { Action: "CREATE", ResourceRecordSet: { ...record, AliasTarget: target } },
    ]);
    const { plan } = await look(into.manifest, CONVERGE, into.ports);
    const held = plan.held.map(({ address }) => address);
    equal(held.length, 1);
    const from = into.log.length;
    await reconcile(into, into.manifest);
    deepStrictEqual(writes(into, from), []);
    await converge(into, into.manifest, { overwrite: held });
    const put = (await recordsOf(into.send, into.zoneId)).find(
      ({ SetIdentifier }) => SetIdentifier === record.SetIdentifier,
    );
    deepStrictEqual(put, record);
  },
};

const foreign: Scenario = {
  name: "foreign records, a health check and a certificate are as they were, also after destroy",
  async tell(into) {
    await seedForeign(into);
    const before = await recordsOf(into.send, into.zoneId);
    const estate = await estateOf(into);
    await converge(into, into.manifest);
    const now = await recordsOf(into.send, into.zoneId);
    for (const record of before)
      deepStrictEqual(
        now.find((each) => isSame(each, record)),
        record,
      );
    await converge(into, into.manifest, RETIRE);
    deepStrictEqual(await recordsOf(into.send, into.zoneId), before);
    deepStrictEqual(await estateOf(into), estate);
  },
};

const isSame = (a: { Name: string; Type: string; SetIdentifier?: string }, b: typeof a): boolean =>
  a.Name === b.Name && a.Type === b.Type && a.SetIdentifier === b.SetIdentifier;

async function seedForeign(into: MotoWorld): Promise<void> {
  const simple = (Name: string, Type: string, Value: string) => ({
    Action: "CREATE",
    ResourceRecordSet: { Name, Type, TTL: 300, ResourceRecords: [{ Value }] },
  });
  const weighted = (SetIdentifier: string, Weight: number) => ({
    Action: "CREATE",
    ResourceRecordSet: {
      ...simple("www.example.com.", "CNAME", `${SetIdentifier}.example.net`).ResourceRecordSet,
      SetIdentifier,
      Weight,
    },
  });
  await writeRecords(into, [
    simple("example.com.", "TXT", '"somebody else"'),
    simple("mail.example.com.", "MX", "10 mx.example.net"),
    simple("*.apps.example.com.", "A", "192.0.2.7"),
    weighted("us-east-1", 10),
    weighted("us-west-2", 20),
  ]);
  const call = { account: "", region: "us-east-1" } as const;
  const HealthCheckConfig = { Type: "HTTPS", FullyQualifiedDomainName: "www.example.net", Port: 443 };
  await into.send({
    ...call,
    service: "route53",
    operation: "CreateHealthCheck",
    input: { CallerReference: "theirs", HealthCheckConfig },
  });
  await into.send({
    ...call,
    service: "acm",
    operation: "RequestCertificate",
    input: { DomainName: "www.example.com", ValidationMethod: "DNS" },
  });
}

const twoManifests: Scenario = {
  name: "two manifests in one zone: each leaves the other's alone",
  async tell(into) {
    const other: Manifest = {
      ...into.manifest,
      name: "search",
      scopeId: "0th3r1",
      certificates: into.manifest.certificates.map((each) => ({
        ...each,
        label: "search",
        domains: [domainName("search.example.com")],
      })),
      apis: [{ ...into.api, name: domainName("search.example.com"), certificate: "search" }],
    };
    await converge(into, into.manifest);
    const alone = await estateOf(into);
    await converge(into, other);
    await atRest(into, into.manifest);
    await atRest(into, other);
    await converge(into, other, RETIRE);
    deepStrictEqual(await estateOf(into), alone);
    await atRest(into, into.manifest);
  },
};

class Killed extends Error {}

/** The process dies instead of making the call after its `last` one. */
const mortal = (into: MotoWorld, last: number): MotoWorld => {
  let calls = 0;
  const send: MotoWorld["send"] = async (call) => {
    if (++calls > last) throw new Killed();
    return into.ports.send(call);
  };
  return { ...into, ports: { ...into.ports, send } };
};

/** Whether the run died of it. */
async function dies(into: MotoWorld, last: number, options: PlanOptions): Promise<boolean> {
  try {
    await reconcile(mortal(into, last), into.manifest, options);
    return false;
  } catch (error) {
    if (error instanceof Killed) return true;
    throw error;
  }
}

const KILLED_EVERY = 8;

const killed: Scenario = {
  name: `killed after every ${KILLED_EVERY}th call of the first apply, and of the destruction: one more run ends like a straight one`,
  async tell(into) {
    const before = await estateOf(into);
    let made: Estate | undefined;
    let points = 0;
    for (let last = 4; await dies(into, last, CONVERGE); last += KILLED_EVERY) {
      await converge(into, into.manifest);
      const estate = await estateOf(into);
      made ??= estate;
      deepStrictEqual(estate, made, `killed after call ${last} of the apply`);
      if (await dies(into, last, RETIRE)) await converge(into, into.manifest, RETIRE);
      deepStrictEqual(await estateOf(into), before, `killed after call ${last} of the destruction`);
      points += 1;
    }
    ok(points > 3, `only ${points} points`);
    equal(made?.checks.length, 4, "no health check is left over, none is missing");
    await atRest(into, into.manifest);
  },
};

const LOST_EVERY = 3;

const lostAnswers: Scenario = {
  name: `the answer to every ${LOST_EVERY}rd write is lost: nothing is made twice, and nothing is missing`,
  async tell(into) {
    const straight = await (async () => {
      await converge(into, into.manifest);
      const estate = await estateOf(into);
      await converge(into, into.manifest, RETIRE);
      return estate;
    })();
    let sent = 0;
    const send: MotoWorld["send"] = async (call) => {
      const answer = await into.ports.send(call);
      const isWrite = !/^(Get|List|Describe|Probe)/.test(call.operation);
      if (!isWrite || ++sent % LOST_EVERY > 0) return answer;
      return { ok: "unknown", reason: "lost on its way", at: answer.at };
    };
    await converge({ ...into, ports: { ...into.ports, send } }, into.manifest);
    deepStrictEqual(await estateOf(into), straight);
    await atRest(into, into.manifest);
  },
};

export const scenarios: readonly Scenario[] = [
  firstApply,
  healthPath,
  regionAdded,
  keyAlgorithm,
  retirement,
  editByHand,
  foreign,
  twoManifests,
  killed,
  lostAnswers,
];
