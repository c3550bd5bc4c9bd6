import type { Cloud } from "../../../src/cloud/cloud.ts";
import { accountOf } from "../../../src/cloud/edit.ts";
import { MINUTE } from "../../../src/cloud/instant.ts";
import { domainName } from "../../../src/dns/domain-name.ts";
import type { Manifest } from "../../../src/manifest/manifest.ts";
import { parseMarker } from "../../../src/resource/marker.ts";
import { storefront, storefrontApi, withApi } from "../../world/storefront.ts";
import { ACCOUNT, prepare, reconcile, world } from "../../world/world.ts";
import type { World } from "../../world/world.ts";
import { changesOf, drains, drops, isCall, isMarker, publishes as publishesIn, releases } from "../protocol/calls.ts";
import { staleIn, staleProbesIn } from "../protocol/distortions.ts";
import { stage } from "../protocol/stage.ts";
import type { Matches, Stage } from "../protocol/stage.ts";

/** An interleaving of whole runs, call by call, that no pause of one run comes to. */
interface Script {
  /** What it is to bring about, as the watch of the stage names it: I1, a name without an answer; I2, an answer that leads nowhere. `proof`: the plan of run A is refused. */
  readonly breaks: "I1" | "I2" | "proof";
  play(): Promise<Stage>;
}

const EAST = "us-east-1";
/** Without checks: AWS refuses a record with a check that is gone. */
const plain = withApi({ healthCheck: undefined });
const east = withApi({ healthCheck: undefined, regions: storefrontApi.regions.slice(0, 1) });
const west = withApi({ healthCheck: undefined, regions: storefrontApi.regions.slice(1) });
const gone: Manifest = { ...plain, apis: [], certificates: [], retire: [domainName("shop.example.com")] };

export const scripts: Readonly<Record<string, Script>> = {
  /** L3: A has read "no marker"; B publishes, C retires and deletes; A wakes up. */
  "a first publication that wakes up when its name has been retired": {
    breaks: "I2",
    async play() {
      const on = stage((await starts(plain)).empty, "first publication");
      await on.start("A", plain);
      await on.upTo("A", publishes);
      await on.start("B", plain);
      await on.rest("B");
      await on.start("C", gone, undefined, { lift: ["deletePercent"] });
      await on.rest("C");
      await on.past("A", publishes);
      return on;
    },
  },
  /** L4: B has retired the name, and A's reads are four minutes behind. */
  "a retired name is wanted again while reads still show its endpoint": {
    breaks: "I2",
    async play() {
      const { live } = await starts(east);
      const on = stage(live, "L4");
      await on.start("B", gone, undefined, { lift: ["deletePercent"] });
      await on.past("B", isCall("DeleteDomainName", EAST));
      const deleted = on.into.emulator.now();
      await on.rest("B");
      const behind = on.into.emulator.now() - deleted < 4 * MINUTE;
      await on.start("A", east, behind ? staleIn(EAST, live) : undefined);
      await on.past("A", publishesIn(EAST));
      return on;
    },
  },
  /** V17: B has taken east out of service and deleted its endpoint, and A's reads are behind. */
  "a Region is wanted again while reads still show its deleted endpoint": {
    breaks: "I2",
    async play() {
      const { live } = await starts(plain);
      const on = stage(live, "V17");
      await on.start("B", west);
      await on.past("B", releases("api-domain/us-east-1"));
      await on.start("A", plain, staleIn(EAST, live));
      await on.past("A", publishesIn(EAST));
      return on;
    },
  },
  /** V13: A has looked at east, whose endpoint stands unpublished; B deletes it and releases it; A goes on. */
  "a run reads markers when it has looked at endpoints": {
    breaks: "I2",
    async play() {
      const before = stage((await starts(plain)).live, "V13 before");
      await before.start("W", west); // east was in service once: its tomb makes every run look there
      await before.rest("W");
      await before.start("K", plain);
      await before.upTo("K", publishesIn(EAST));
      await before.kill("K");
      const unpublished = before.into.emulator.cloud();
      const on = stage(unpublished, "V13");
      let looked = false;
      await on.start("A", plain, staleProbesIn(EAST, unpublished));
      await on.upTo("A", (call) => {
        looked ||= isCall("GetDomainNames", EAST)(call);
        return (looked && isCall("ListResourceRecordSets")(call)) || publishesIn(EAST)(call);
      });
      await on.start("B", west);
      await on.past("B", releases("api-domain/us-east-1"));
      await on.past("A", publishesIn(EAST));
      return on;
    },
  },
  /** A person takes a record away that the batch of a run relies on. */
  "a record is deleted by hand when a batch is about to take the other away": {
    breaks: "I1",
    async play() {
      const on = stage((await starts(storefront)).live, "by hand");
      await on.start("A", withApi({ regions: storefrontApi.regions.slice(0, 1) }));
      await on.upTo("A", drops("us-west-2"));
      deleteByHand(on.into, "us-east-1");
      await on.past("A", drops("us-west-2"));
      return on;
    },
  },
  /** H2: B has condemned a check, and it drains, when A wants it again. */
  "a check is wanted again that another run has condemned": {
    breaks: "proof",
    async play() {
      const on = stage((await starts(asked(30))).live, "H2");
      await on.start("B", asked(10));
      await on.past("B", drains("health-check/"));
      await on.start("A", asked(30));
      return on;
    },
  },
  /** G2: B has read that the names have left, and A finds them registered. */
  "names are wanted back at a gate that another run has taken them off": {
    breaks: "I2",
    async play() {
      const on = stage((await starts(two)).live, "G2");
      await on.start("B", apart);
      await on.upTo("B", leaves);
      await on.start("A", two);
      await on.upTo("A", (call) => registers(call) || publishes(call));
      await on.past("B", leaves);
      await on.upTo("B", releasesNames);
      await on.lose("B", "never");
      await on.upTo("B", isCall("DeleteHealthCheck"));
      await on.past("A", publishes);
      await on.past("B", isCall("DeleteHealthCheck"));
      return on;
    },
  },
  /** G3: the names were drained by a run that was killed; A has registered them again, and C takes them off. */
  "names are taken off a gate by a run that did not drain them": {
    breaks: "I2",
    async play() {
      const on = stage((await starts(two)).live, "G3");
      await on.start("B", apart);
      await on.upTo("B", leaves);
      await on.kill("B");
      await on.start("A", two);
      await on.past("A", registers);
      await on.upTo("A", publishes);
      await on.start("C", apart);
      await on.upTo("C", isCall("DeleteHealthCheck"));
      await on.past("A", publishes);
      await on.rest("C");
      return on;
    },
  },
};

/** No gate: AWS keeps a check that a gate counts. */
function asked(intervalSeconds: 10 | 30): Manifest {
  const { healthCheck } = storefrontApi;
  if (healthCheck === undefined) throw new Error("no health check");
  return withApi({ healthCheck: { ...healthCheck, intervalSeconds, gate: "none" } });
}

const net = domainName("example.net");

function sharing(gate: "shared" | "own"): Manifest {
  const { healthCheck } = storefrontApi;
  if (healthCheck === undefined) throw new Error("no health check");
  return {
    ...storefront,
    zones: [...storefront.zones, { name: net, account: undefined, id: undefined }],
    certificates: storefront.certificates.map((each) => ({ ...each, domains: [domainName("*.example.net")] })),
    apis: ["shop", "www"].map((label) => ({
      ...storefrontApi,
      name: domainName(`${label}.example.net`),
      zone: net,
      healthCheck: { ...healthCheck, gate },
    })),
  };
}

/** Two names at one gate; and each at one of its own. */
const [two, apart] = [sharing("shared"), sharing("own")];

/** Before the manifest is first applied, and after. */
async function starts(manifest: Manifest): Promise<{ readonly empty: Cloud; readonly live: Cloud }> {
  const into = world(undefined, undefined, "before");
  prepare(into, manifest);
  const empty = into.emulator.cloud();
  await reconcile(into, manifest);
  return { empty, live: into.emulator.cloud() };
}

function deleteByHand(into: World, region: string): void {
  for (const zone of accountOf(into.emulator.cloud(), ACCOUNT).zones)
    for (const record of zone.recordSets)
      if (record.Region === region)
        into.emulator.call({
          account: ACCOUNT,
          region: "us-east-1",
          service: "route53",
          operation: "ChangeResourceRecordSets",
          input: { HostedZoneId: zone.id, ChangeBatch: { Changes: [{ Action: "DELETE", ResourceRecordSet: record }] } },
        });
}

const publishes: Matches = (call) =>
  changesOf(call).some(({ Action, ResourceRecordSet: { Type } }) => Action === "CREATE" && Type === "A");

/** The users that a batch takes off home markers, or puts there. */
function users(call: Parameters<Matches>[0], action: "CREATE" | "DELETE"): number {
  const markers = changesOf(call).filter((each) => isMarker(each) && each.Action === action);
  return markers.reduce(
    (sum, { ResourceRecordSet }) => sum + (parseMarker(ResourceRecordSet)?.home?.users.length ?? 0),
    0,
  );
}

const swapsHomes: Matches = (call) =>
  changesOf(call).some(({ ResourceRecordSet: { Name } }) => Name.includes("._gate."));
const registers: Matches = (call) => swapsHomes(call) && users(call, "CREATE") >= Math.max(1, users(call, "DELETE"));
const leaves: Matches = (call) => swapsHomes(call) && users(call, "CREATE") < users(call, "DELETE");
const releasesNames: Matches = (call) =>
  changesOf(call).length > 0 && !swapsHomes(call) && !publishes(call) && !drains("check-user/")(call);
