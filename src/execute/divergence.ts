import type { Call } from "../cloud/call.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";

/** What a write's answer must have, by operation: each rule says what is wrong, or nothing. Only what the run, or the proof, relies on. */
type Rule = (input: unknown, output: unknown) => string | undefined;

/**
 * Where AWS's answer to a write is not the one that the model gives, in a way that matters: identifiers that later calls
 * need, versions that later writes are conditional on, states from which nothing comes about, and settings that are not
 * those that were sent. Undefined: nothing. What an answer leaves out and nobody needs, and what it has besides, is passed over.
 */
export function outputDivergence({ operation, input }: Call, output: unknown): string | undefined {
  for (const rule of RULES[operation] ?? []) {
    const found = rule(input, output);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const diverged = (subject: string, message: string): Diagnostic => ({
  code: "MODEL_DIVERGENCE",
  severity: "error",
  subject,
  message,
  help: "What was proved about this plan no longer counts, so the run stopped. The journal has the call; please report it.",
});

const CONFIG = "HealthCheck.HealthCheckConfig";
/** Of those that are sent, the ones that a check cannot do without. Lists and flags may come back in another form. */
const CHECK_FIELDS = ["ResourcePath", "SearchString", "FailureThreshold", "HealthThreshold"] as const;

/**
 * Sources: API references of Route 53 (CreateHealthCheck, UpdateHealthCheck: the version is 1 at first and grows with
 * every update; ChangeInfo), ACM (RequestCertificate) and API Gateway (DomainName, BasePathMapping), checked 2026-11-23.
 */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  ChangeResourceRecordSets: [told("ChangeInfo.Id"), oneOf("ChangeInfo.Status", ["PENDING", "INSYNC"])],
  CreateHealthCheck: [
    told("HealthCheck.Id"),
    asSent("HealthCheck.CallerReference", "CallerReference"),
    asSent(`${CONFIG}.Type`, "HealthCheckConfig.Type"),
    ...CHECK_FIELDS.map((field) => asSent(`${CONFIG}.${field}`, `HealthCheckConfig.${field}`)),
    versionAfter(() => 0),
  ],
  UpdateHealthCheck: [
    asSent("HealthCheck.Id", "HealthCheckId"),
    ...CHECK_FIELDS.map((field) => asSent(`${CONFIG}.${field}`, field)),
    versionAfter((input) => at(input, "HealthCheckVersion")),
  ],
  RequestCertificate: [told("CertificateArn")],
  CreateDomainName: [
    told("regionalDomainName"),
    told("regionalHostedZoneId"),
    asSent("domainName", "domainName"),
    asSent("regionalCertificateArn", "regionalCertificateArn"),
    asSent("securityPolicy", "securityPolicy"),
    notStuck,
  ],
  UpdateDomainName: [asSent("domainName", "domainName"), notStuck],
  CreateBasePathMapping: [asSent("restApiId", "restApiId"), asSent("stage", "stage")],
};

/** It is there, and not empty. */
function told(path: string): Rule {
  return (_input, output) => {
    const value = at(output, path);
    return typeof value === "string" && value !== "" ? undefined : `${path} is missing`;
  };
}

/** Where the answer repeats what was sent, it is what was sent. Names are compared without regard to case. */
function asSent(path: string, sentPath: string): Rule {
  return (input, output) => {
    const [sent, value] = [at(input, sentPath), at(output, path)];
    if (sent === undefined || value === undefined || same(sent, value)) return undefined;
    return `${path} is ${JSON.stringify(value)}, and ${JSON.stringify(sent)} was sent`;
  };
}

const same = (sent: unknown, value: unknown): boolean => String(sent).toLowerCase() === String(value).toLowerCase();

function oneOf(path: string, values: readonly string[]): Rule {
  return (_input, output) => {
    const value = at(output, path);
    return value === undefined || values.some((each) => each === value)
      ? undefined
      : `${path} is ${JSON.stringify(value)}`;
  };
}

/** A version, greater than this: the next update is conditional on it. */
function versionAfter(before: (input: unknown) => unknown): Rule {
  return (input, output) => {
    const [version, sent] = [at(output, "HealthCheck.HealthCheckVersion"), before(input)];
    if (typeof version === "number" && (typeof sent !== "number" || version > sent)) return undefined;
    return `HealthCheck.HealthCheckVersion is ${JSON.stringify(version)} after version ${JSON.stringify(sent)}`;
  };
}

/** States of a domain that do not pass by themselves, for a request that asked for nothing of the kind. */
function notStuck(_input: unknown, output: unknown): string | undefined {
  return oneOf("domainNameStatus", ["AVAILABLE", "UPDATING", "PENDING"])(_input, output);
}

function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === "object" && inner !== null ? (inner as Readonly<Record<string, unknown>>)[key] : undefined,
      value,
    );
}
