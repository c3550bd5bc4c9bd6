import type { DomainName } from "../dns/domain-name.ts";
import { certificateCovers } from "../tls/coverage.ts";
import type { DraftCertificate } from "./draft.ts";

/** The certificates that a name may mean: the one it names, or without that all that cover it. */
export type Choose = (written: string | undefined, name: DomainName) => readonly DraftCertificate[];

/** Sorts the certificates once; a choice then costs one look-up, however many there are. */
export function certificateChoice(certificates: readonly DraftCertificate[]): Choose {
  const byLabel = new Map(certificates.map((each) => [each.label, each]));
  const byDomain = new Map<string, DraftCertificate[]>();
  for (const certificate of certificates) {
    for (const { name } of certificate.domains) {
      const list = byDomain.get(name);
      if (list === undefined) byDomain.set(name, [certificate]);
      else list.push(certificate);
    }
  }
  return (written, name) => {
    if (written !== undefined) return [byLabel.get(written)].filter((each) => each !== undefined);
    const wildcard = `*${name.slice(name.indexOf("."))}`;
    const candidates = new Set([...(byDomain.get(name) ?? []), ...(byDomain.get(wildcard) ?? [])]);
    return [...candidates].filter((each) => certificateCovers(domainsOf(each), name));
  };
}

export const domainsOf = ({ domains }: DraftCertificate): readonly DomainName[] => domains.map(({ name }) => name);
