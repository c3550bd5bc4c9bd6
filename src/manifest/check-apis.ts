import type { DomainName } from "../dns/domain-name.ts";
import { coversName, wildcardAbove } from "./certificate-choice.ts";
import { quoted } from "./draft.ts";
import type { Draft, DraftApi, DraftCertificate } from "./draft.ts";
import type { Path } from "./located.ts";
import type { Report } from "./report.ts";

export function certificateCoversName(draft: Draft, report: Report): void {
  for (const api of draft.apis) {
    if (api.certificate === undefined) chosen(draft, api, report);
    else named(draft, api, api.certificate, report);
  }
}

/** The certificate is left out: exactly one must cover the name. */
function chosen(draft: Draft, api: DraftApi, report: Report): void {
  const found = api.choices;
  if (found.length === 1 || (found.length === 0 && draft.incomplete.has("certificates"))) return;
  if (found.length === 0) {
    const why = wildcardAbove(draft.certificateNames, api.name);
    const message = `No certificate of the manifest covers ${quoted(api.name)}${why === undefined ? "" : `: ${why}`}.`;
    report(
      { code: "CERTIFICATE_MISSING", message, help: `Add ${quoted(api.name)} to the domains of a certificate.` },
      api.path,
      "key",
    );
    return;
  }
  const labels = found.map(({ label }) => `\`${label}\``).join(", ");
  const help = `Say which one: \`certificate: ${found[0]?.label}\`.`;
  report(
    { code: "CERTIFICATE_AMBIGUOUS", message: `Several certificates cover ${quoted(api.name)}: ${labels}.`, help },
    api.path,
    "key",
  );
}

function named(draft: Draft, api: DraftApi, label: string, report: Report): void {
  const path = [...api.path, "certificate"];
  const certificate = certificateFor(draft, label, path, report);
  if (certificate !== undefined) sayNotCovered([certificate], api.name, path, report);
}

/** The certificate with this label; without one that is said, unless it may stand in what could not be read. */
export function certificateFor(
  { certificates, certificateByLabel, incomplete, nearest }: Draft,
  label: string,
  path: Path,
  report: Report,
): DraftCertificate | undefined {
  const found = certificateByLabel.get(label);
  if (found !== undefined || incomplete.has("certificates")) return found;
  const labels = certificates.map((each) => each.label);
  const meant = nearest(label, labels);
  const known = labels.length === 0 ? "There are none." : `There are: ${labels.slice(0, 10).join(", ")}.`;
  const help = meant === undefined ? known : `Did you mean \`${meant}\`?`;
  report({ code: "CERTIFICATE_UNKNOWN", message: `There is no certificate \`${label}\`.`, help }, path);
  return undefined;
}

/** So many domains are named in a help. */
const SHOWN = 10;

/** Says so when none of the certificates covers the name, and why. Those whose domains are not known cover everything. */
export function sayNotCovered(held: readonly DraftCertificate[], name: DomainName, path: Path, report: Report): void {
  if (held.some((each) => each.domains.length === 0 || coversName(each, name))) return;
  const labels = held.map(({ label }) => `\`${label}\``).join(", ");
  const why = held.map(({ names }) => wildcardAbove(names, name)).find((each) => each !== undefined);
  const covered = held.flatMap((each) => each.domains.slice(0, SHOWN).map((domain) => quoted(domain.name)));
  const rest = held.some((each) => each.domains.length > SHOWN) || covered.length > SHOWN ? ", …" : "";
  const message =
    held.length === 0
      ? `No certificate covers ${quoted(name)}.`
      : `The certificate ${labels} does not cover ${quoted(name)}${why === undefined ? "" : `: ${why}`}.`;
  const help = `Add ${quoted(name)} to its domains. It covers: ${covered.slice(0, SHOWN).join(", ")}${rest}.`;
  report({ code: "NOT_COVERED", message, help }, path);
}

/** API Gateway Developer Guide, "Security policies for custom domain names"; checked 2026-11-23. */
export function accessModeFitsPolicy({ apis }: Draft, report: Report): void {
  for (const { securityPolicy, endpointAccessMode, path } of apis) {
    const enhanced = securityPolicy.startsWith("SecurityPolicy_");
    if (enhanced && endpointAccessMode === undefined) {
      const help = "Add `endpointAccessMode: BASIC`, and move to STRICT later.";
      report({ code: "ACCESS_MODE_MISSING", message: `\`${securityPolicy}\` needs \`endpointAccessMode\`.`, help }, [
        ...path,
        "securityPolicy",
      ]);
    }
    if (!enhanced && endpointAccessMode !== undefined) {
      const message = `\`${securityPolicy}\` takes no \`endpointAccessMode\`.`;
      report(
        { code: "ACCESS_MODE_UNEXPECTED", message, help: "Remove it, or choose a SecurityPolicy_… policy." },
        [...path, "endpointAccessMode"],
        "key",
      );
    }
  }
}
