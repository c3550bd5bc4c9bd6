import { display } from "../dns/domain-name.ts";
import type { DomainName } from "../dns/domain-name.ts";
import { certificateCovers } from "../tls/coverage.ts";
import type { DraftCertificate } from "./draft.ts";

/** The certificates that a name may mean: the one it names, or without that all that cover it. */
export type Choose = (written: string | undefined, name: DomainName) => readonly DraftCertificate[];

/** Sorts the certificates once; a choice then costs one look-up, however many there are. */
export function certificateChoice(certificates: readonly DraftCertificate[]): Choose {
  const byLabel = new Map(certificates.map((each) => [each.label, [each]]));
  const byDomain = new Map<DomainName, DraftCertificate[]>();
  for (const certificate of certificates) {
    for (const name of certificate.names) {
      const list = byDomain.get(name);
      if (list === undefined) byDomain.set(name, [certificate]);
      else list.push(certificate);
    }
  }
  return (written, name) => {
    if (written !== undefined) return byLabel.get(written) ?? [];
    const candidates = new Set(domainsThatMayCover(name).flatMap((domain) => byDomain.get(domain) ?? []));
    return [...candidates].filter((each) => coversName(each, name));
  };
}

/** Whether a certificate covers a name, however many domains it has. */
export const coversName = ({ names }: DraftCertificate, name: DomainName): boolean =>
  certificateCovers(
    domainsThatMayCover(name).filter((domain) => names.has(domain)),
    name,
  );

/** The name itself, and the wildcard beside it. */
const domainsThatMayCover = (name: DomainName): readonly DomainName[] => [
  name,
  `*${name.slice(name.indexOf("."))}` as DomainName,
];

/** The wildcard that looks as if it covered the name, and does not: it stands for one label only. */
export function wildcardAbove(names: ReadonlySet<DomainName>, name: DomainName): string | undefined {
  if (names.has(`*.${name}` as DomainName)) return `\`*.${display(name)}\` does not cover the name above it`;
  const labels = name.split(".");
  for (let skipped = 2; skipped < labels.length - 1; skipped += 1) {
    const wildcard = `*.${labels.slice(skipped).join(".")}` as DomainName;
    if (names.has(wildcard))
      return `\`${display(wildcard)}\` stands for one label, and \`${labels.slice(0, skipped).join(".")}\` is ${skipped}`;
  }
  return undefined;
}
