import { ACM_LENGTHS } from "../cloud/acm/limits.ts";
import { QUOTAS } from "../cloud/quotas.ts";
import { display } from "../dns/domain-name.ts";
import type { Draft } from "./draft.ts";
import { quoted } from "./draft.ts";
import type { Report } from "./report.ts";

/** Labels become parts of addresses, and those the values of tags. */
const LABEL = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

export function certificatesHaveDomains({ certificates, incomplete }: Draft, report: Report): void {
  for (const { label, domains, path } of certificates) {
    if (!LABEL.test(label)) {
      const message = `\`${label}\` cannot be a certificate's label: 1 to 63 letters, digits, \`-\`, \`_\` and \`.\`, a letter or digit first.`;
      report({ code: "BAD_VALUE", message }, path, "key");
    }
    if (domains.length > 0 || incomplete.has("certificates")) continue;
    report(
      {
        code: "MISSING_KEY",
        message: `The certificate \`${label}\` has no \`domains\`.`,
        help: "List the names it is to cover.",
      },
      path,
      "key",
    );
  }
}

export function domainsFitOneCertificate({ certificates, quotas }: Draft, report: Report): void {
  const key = "acm.namesPerCertificate";
  const most = quotas.reduce(
    (up, raised) => (raised.key === key ? Math.max(up, raised.value) : up),
    QUOTAS[key].value as number,
  );
  for (const { label, domains, names, path } of certificates) {
    if (names.size > most) {
      const message = `The certificate \`${label}\` has ${names.size} domains; ACM allows ${most}.`;
      report(
        { code: "CERTIFICATE_TOO_MANY_NAMES", message, help: "Use a wildcard, or split it into two certificates." },
        [...path, "domains"],
        "key",
      );
    }
    const [first] = domains;
    const length = first === undefined ? 0 : display(first.name).length;
    if (first === undefined || length <= ACM_LENGTHS.primaryName) continue;
    const message = `${quoted(first.name)} is ${length} characters long; a certificate's first domain has at most ${ACM_LENGTHS.primaryName}.`;
    report({ code: "CERTIFICATE_NAME_TOO_LONG", message, help: "Put a shorter domain first." }, first.path);
  }
}

export function keyAlgorithmsAreDistinct({ certificates }: Draft, report: Report): void {
  for (const { keyAlgorithms, path } of certificates) {
    for (const [index, algorithm] of keyAlgorithms.entries()) {
      if (keyAlgorithms.indexOf(algorithm) === index) continue;
      const message = `\`${algorithm}\` is here a second time.`;
      report({ code: "DUPLICATE", message, help: "Remove one of the two." }, [...path, "keyAlgorithms", index]);
    }
  }
}

export function transparencyIsOn({ certificates }: Draft, report: Report): void {
  for (const { label, transparencyLogging, path } of certificates) {
    if (transparencyLogging) continue;
    const message = `Browsers will refuse the certificate \`${label}\`: it will be in no transparency log.`;
    report({ code: "TRANSPARENCY_OFF", message, help: "Remove the line, unless no browser ever connects." }, [
      ...path,
      "transparencyLogging",
    ]);
  }
}

export function certificatesAreBound(draft: Draft, report: Report): void {
  if (draft.incomplete.has("apis") || draft.incomplete.has("certificates")) return;
  const bound = new Set(draft.apis.flatMap((api) => api.choices.map(({ label }) => label)));
  for (const { certificates, default: first } of Object.values(draft.file.loadBalancers ?? {}))
    for (const label of [...certificates, first ?? ""]) bound.add(label);
  for (const { certificate } of Object.values(draft.file.sites ?? {})) bound.add(certificate ?? "");
  for (const { label, path } of draft.certificates) {
    if (bound.has(label)) continue;
    const help = "Bind it with `certificate:` under a name, or remove it.";
    report(
      {
        code: "CERTIFICATE_UNUSED",
        message: `Nothing binds the certificate \`${label}\`, so it is not requested.`,
        help,
      },
      path,
      "key",
    );
  }
}
