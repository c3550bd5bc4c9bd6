import { join } from "node:path";
import type { RecordSet } from "../../src/cloud/cloud.ts";
import { openLocal } from "../../src/emulator/local.ts";
import { liveSend } from "../../src/live/send.ts";

interface Listed {
  readonly HostedZones: readonly { readonly Id: string }[];
  readonly ResourceRecordSets: readonly RecordSet[];
}

const EDITS: Readonly<Record<string, (record: RecordSet) => RecordSet | undefined>> = {
  "evaluates-target-health": (record) =>
    record.AliasTarget === undefined ? record : { ...record, AliasTarget: { ...record.AliasTarget, EvaluateTargetHealth: true } },
  deletes: () => undefined,
};

/** Somebody changes a record of ours in the console: `evaluates-target-health|deletes SET-IDENTIFIER`. */
export async function secretEdit([verb = "", setIdentifier = ""]: readonly string[], folder: string): Promise<string> {
  const edit = EDITS[verb];
  if (edit === undefined) throw new Error(`nobody ${verb}`);
  const estate = await openLocal({ file: join(folder, ".signalbox") });
  try {
    const send = liveSend({ requestHandler: estate.requestHandler, credentials: estate.credentials, clock: estate.clock, probe: estate.probe });
    const ask = async (operation: string, input: unknown): Promise<Listed> => {
      const answer = await send({ account: "000000000000", region: "us-east-1", service: "route53", operation, input });
      if (answer.ok !== true) throw new Error(JSON.stringify(answer));
      return answer.output as Listed;
    };
    const [zone] = (await ask("ListHostedZonesByName", {})).HostedZones;
    const records = (await ask("ListResourceRecordSets", { HostedZoneId: zone?.Id })).ResourceRecordSets;
    const old = records.find((record) => record.SetIdentifier === setIdentifier);
    if (old === undefined) throw new Error(`no record set ${setIdentifier}`);
    const next = edit(old);
    const Changes = [{ Action: "DELETE", ResourceRecordSet: old }, ...(next === undefined ? [] : [{ Action: "CREATE", ResourceRecordSet: next }])];
    await ask("ChangeResourceRecordSets", { HostedZoneId: zone?.Id, ChangeBatch: { Changes } });
    return `${old.Type} ${old.Name} ${setIdentifier}`;
  } finally {
    await estate.close();
  }
}
