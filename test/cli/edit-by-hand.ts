import type { RecordSet } from "../../src/cloud/cloud.ts";
import { openLocal } from "../../src/emulator/local.ts";
import { liveSend } from "../../src/live/send.ts";

/** Somebody changes a record of ours behind our back. Returns the record's address. */
export async function editByHand(file: string): Promise<string> {
  const { requestHandler, credentials, clock, probe, close } = await openLocal({ file });
  const send = liveSend({ requestHandler, credentials, clock, probe });
  const ask = async <T>(operation: string, input: unknown): Promise<T> => {
    const answer = await send({ account: "000000000000", region: "us-east-1", service: "route53", operation, input });
    if (answer.ok !== true) throw new Error(JSON.stringify(answer));
    return answer.output as T;
  };
  const { HostedZones } = await ask<{ HostedZones: readonly { Id: string }[] }>("ListHostedZones", {});
  const HostedZoneId = HostedZones[0]?.Id ?? "";
  const listed = await ask<{ ResourceRecordSets: readonly RecordSet[] }>("ListResourceRecordSets", { HostedZoneId });
  const record = listed.ResourceRecordSets.find((each) => each.Region === "us-east-1" && each.Type === "A");
  if (record === undefined) throw new Error("no record to edit");
  const { HealthCheckId: _dropped, ...edited } = record;
  const Changes = [
    { Action: "DELETE", ResourceRecordSet: record },
    { Action: "CREATE", ResourceRecordSet: edited },
  ];
  await ask("ChangeResourceRecordSets", { HostedZoneId, ChangeBatch: { Changes } });
  await close();
  return `record-set/shop.example.com/A/${record.SetIdentifier ?? ""}`;
}
