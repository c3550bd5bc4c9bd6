import type { AccountId, Region } from "../cloud/call.ts";
import type { Cloud, HealthCheckConfig, HostedZone } from "../cloud/cloud.ts";
import { drawnAnswer } from "../cloud/route53/answer.ts";
import { display, domainName } from "../dns/domain-name.ts";
import { openLocalState } from "../emulator/local-state.ts";
import type { AnswerRow } from "../report/answers.ts";
import { endpointOf, regionAt, targetOf } from "../resource/record-endpoint.ts";

export interface AnswersOptions {
  /** Near which Regions the clients are. */
  readonly clients: readonly Region[];
  /** Regions in which every endpoint has stopped answering its health check, and the checkers have noticed. */
  readonly failed?: readonly Region[];
}

/**
 * What clients near these Regions are answered for the names with regional endpoints of an embedded AWS, read from its state file. By
 * name, then in the order of `clients`. No other process may hold the state meanwhile.
 */
export function answersFrom(localState: string, options: AnswersOptions): readonly AnswerRow[] {
  const state = openLocalState(localState);
  state.close();
  const { cloud } = state.history;
  return [...cloud.accounts].flatMap((account) =>
    [...account.zones].flatMap((zone) =>
      regionalNames(zone).flatMap((name) =>
        options.clients.map((client) => row(cloud, account.id, zone, name, client, options)),
      ),
    ),
  );
}

/** Names that lead to regional endpoints, as Route 53 lists them. */
const regionalNames = (zone: HostedZone): readonly string[] => [
  ...new Set(
    [...zone.recordSets].flatMap((record) =>
      record.Type !== "AAAA" && endpointOf(record) !== undefined ? [record.Name] : [],
    ),
  ),
];

function row(
  cloud: Cloud,
  account: AccountId,
  zone: HostedZone,
  name: string,
  client: Region,
  { failed = [] }: AnswersOptions,
): AnswerRow {
  const asked = domainName(name);
  const [record] = drawnAnswer(cloud, account, zone.id, asked, "A", client, (config) =>
    endpointIn(failed, config),
  ).records;
  return {
    name: display(asked),
    client,
    ...(record === undefined
      ? { region: undefined, target: undefined }
      : { region: regionAt(record), target: targetOf(record) }),
  };
}

/** False: the endpoint is in a Region that failed. Undefined leaves it to what the state itself knows. */
const endpointIn = (
  failed: readonly Region[],
  { FullyQualifiedDomainName = "" }: HealthCheckConfig,
): false | undefined => (failed.some((region) => FullyQualifiedDomainName.includes(`.${region}.`)) ? false : undefined);
