import { nearest } from "../diagnostic/nearest.ts";
import { certificateCovers } from "../tls/coverage.ts";
import { domainsOf } from "./certificate-choice.ts";
import { quoted } from "./draft.ts";
import type { Draft, DraftApi } from "./draft.ts";
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
    const help = `Add ${quoted(api.name)} to the domains of a certificate.`;
    report(
      { code: "CERTIFICATE_MISSING", message: `No certificate of the manifest covers ${quoted(api.name)}.`, help },
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
  const [certificate] = api.choices;
  const path = [...api.path, "certificate"];
  if (certificate === undefined) {
    if (draft.incomplete.has("certificates")) return;
    const labels = draft.certificates.map((each) => each.label);
    const meant = nearest(label, labels);
    const known = labels.length === 0 ? "There are none." : `There are: ${labels.slice(0, 10).join(", ")}.`;
    const help = meant === undefined ? known : `Did you mean \`${meant}\`?`;
    report({ code: "CERTIFICATE_UNKNOWN", message: `There is no certificate \`${label}\`.`, help }, path);
    return;
  }
  const domains = domainsOf(certificate);
  if (domains.length === 0 || certificateCovers(domains, api.name)) return;
  const help = `Add ${quoted(api.name)} to its domains. It covers: ${domains.map(quoted).join(", ")}.`;
  report(
    { code: "NOT_COVERED", message: `The certificate \`${label}\` does not cover ${quoted(api.name)}.`, help },
    path,
  );
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
