import type { Cloud } from "../cloud/cloud.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { isHomeName } from "../resource/health-check-identity.ts";
import type { Scope } from "../resource/kind.ts";
import { markedName } from "../resource/marker.ts";
import { readMarker, zoneOf } from "../resource/swap.ts";

/**
 * The live estate carries this manifest's name with another scope: this file is a copy. To obey it would be to fight
 * with its original over set identifiers and tags that look alike.
 */
export function otherScope(cloud: Cloud, scope: Scope): readonly Diagnostic[] {
  const names = new Map<string, DomainName[]>();
  for (const zone of scope.zones) {
    const live = zoneOf(cloud, { zone });
    for (const record of live?.recordSets ?? []) {
      const name =
        record.Type === "TXT" && record.Name.startsWith("_signalbox.")
          ? markedName(domainName(record.Name))
          : undefined;
      const read = name === undefined ? undefined : readMarker(live, name);
      if (name === undefined || read?.state !== "read" || read.marker.manifest !== scope.owner.manifest) continue;
      const known = names.get(read.marker.scope) ?? [];
      if (read.marker.scope !== scope.owner.scope && !isHomeName(name)) names.set(read.marker.scope, [...known, name]);
    }
  }
  return [...names].map(([other, marked]) => ({
    code: "SCOPE_MISMATCH",
    severity: "error",
    subject: scope.owner.manifest,
    message: `The live manifest ${scope.owner.manifest} has the scope ${other} (${listed(marked)}), and this file has the scope ${scope.owner.scope}.`,
    help: `If this file is that manifest, write \`scopeId: ${other}\`. If it is a copy for another estate, give it a name of its own.`,
  }));
}

const SHOWN = 3;

const listed = (names: readonly DomainName[]): string =>
  `${names.slice(0, SHOWN).map(display).join(", ")}${names.length > SHOWN ? `, and ${names.length - SHOWN} more` : ""}`;
