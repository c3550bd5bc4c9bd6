import type { Call, Region } from "../cloud/call.ts";
import { regionOf } from "../cloud/edit.ts";
import { display } from "../dns/domain-name.ts";
import type { Scope } from "../resource/kind.ts";
import { isOurs } from "../resource/ownership.ts";
import { forgiven, readAll } from "./read.ts";
import type { Reader } from "./read.ts";

interface Page {
  readonly position?: string;
}

/** One Region's custom domains by the page (their tags come along), and the mappings of those that concern us. */
export async function observeGateway(scope: Scope, region: Region, from: Reader): Promise<void> {
  const gateway = (operation: string, input: unknown): Call => ({
    account: scope.account,
    region,
    service: "apigateway",
    operation,
    input,
  });
  const page = { limit: 500 };
  await readAll<Page>(from, gateway("GetDomainNames", page), (output) =>
    output.position === undefined ? undefined : { ...page, position: output.position },
  );
  for (const domain of regionOf(from.cloud(), scope.account, region).domains) {
    if (!isOurs(domain.tags, scope.owner) && !scope.wanted.has(domain.name)) continue;
    const input = { domainName: display(domain.name), limit: 500 };
    const faultsBefore = from.faults.length;
    await readAll<Page>(from, gateway("GetBasePathMappings", input), (output) =>
      output.position === undefined ? undefined : { ...input, position: output.position },
    );
    forgiven(from, faultsBefore);
  }
}
