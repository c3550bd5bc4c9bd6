import { emptyCloud } from "../../src/cloud/empty.ts";
import type { Cloud } from "../../src/cloud/cloud.ts";
import { domainName } from "../../src/dns/domain-name.ts";
import { invite } from "../property/strangers.ts";
import { DNS_ACCOUNT } from "../property/manifests.ts";
import { ACCOUNT, START, reconcile, world } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { everyRestApi, manifestOfVersion } from "./simulate-manifests.ts";
import type { Scenario } from "./simulate-scenario.ts";

class Killed extends Error {}

const made = new Map<string, Cloud>();

/** The estate that a scenario starts from. The same ones come again and again, so they are kept. */
export async function startOf({ start }: Pick<Scenario, "start">): Promise<Cloud> {
  const key = JSON.stringify(start);
  const known = made.get(key);
  if (known !== undefined) return known;
  const cloud = await make(start, key);
  made.set(key, cloud);
  return cloud;
}

async function make({ earlier, stopped, strangers, foreignAnswer }: Scenario["start"], key: string): Promise<Cloud> {
  let calls = 0;
  const mortal = world(
    emptyCloud(START),
    (send) => async (call) => {
      const answer = await send(call);
      calls += 1;
      if (calls === stopped) throw new Killed();
      return answer;
    },
    `start ${key}`,
  );
  mortal.emulator.prepare({
    account: ACCOUNT,
    zones: [
      { account: ACCOUNT, name: domainName("example.com") },
      { account: DNS_ACCOUNT, name: domainName("example.net") },
    ],
    restApis: everyRestApi,
  });
  invite(mortal, strangers, "shop.example.com");
  if (foreignAnswer) answerToo(mortal);
  if (earlier === undefined) return mortal.emulator.cloud();
  try {
    await reconcile(mortal, manifestOfVersion(earlier));
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return mortal.emulator.cloud();
}

/** A latency record at our first name, in a Region that no manifest names. */
function answerToo(into: World): void {
  for (const { id, zones } of into.emulator.cloud().accounts) {
    for (const zone of zones) {
      if (zone.name !== domainName("example.com")) continue;
      const ResourceRecordSet = {
        Name: "shop.example.com.",
        Type: "A",
        SetIdentifier: "theirs",
        Region: "ap-south-1",
        TTL: 60,
        ResourceRecords: [{ Value: "192.0.2.7" }],
      };
      const input = { HostedZoneId: zone.id, ChangeBatch: { Changes: [{ Action: "CREATE", ResourceRecordSet }] } };
      into.emulator.call({
        account: id,
        region: "us-east-1",
        service: "route53",
        operation: "ChangeResourceRecordSets",
        input,
      });
    }
  }
}
