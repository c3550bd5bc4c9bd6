import { accountCodes } from "./codes-accounts.ts";
import type { CodeEntry } from "./code-entry.ts";
import { routingCodes } from "./codes-routing.ts";
import { textCodes } from "./codes-text.ts";

/** Codes of the manifest's shape and rules, in alphabetical order; before them those that stand in files of their own. */
export const manifestCodes = [
  ...accountCodes,
  ...routingCodes,
  ...textCodes,
  {
    code: "ACCESS_MODE_MISSING",
    severity: "error",
    title: "An enhanced security policy needs an endpoint access mode",
    explanation:
      "API Gateway accepts a security policy whose name starts with SecurityPolicy_ only together with endpointAccessMode (BASIC or STRICT).",
    fix: "Add `endpointAccessMode: BASIC`; once access logs show no refused requests, move to STRICT.",
  },
  {
    code: "ACCESS_MODE_UNEXPECTED",
    severity: "error",
    title: "An endpoint access mode without an enhanced security policy",
    explanation:
      "API Gateway accepts endpointAccessMode only with a security policy whose name starts with SecurityPolicy_.",
    fix: "Remove endpointAccessMode, or choose a SecurityPolicy_… policy.",
  },
  {
    code: "ARN_REGION",
    severity: "error",
    title: "An ARN of another Region",
    explanation: "A resource is used in the Region that it stands under, and its ARN names another one.",
    fix: "Write the ARN of the resource in this Region, or move it under its own.",
  },
  {
    code: "BAD_BASE_PATH",
    severity: "error",
    title: "A base path that API Gateway refuses",
    explanation:
      "A base path holds letters, digits and $-_.+!*'() only, and is at most 300 characters long. An empty path is written `(none)`.",
    fix: "Write the path without slashes, for example `v1`.",
  },
  {
    code: "BAD_DOMAIN_NAME",
    severity: "error",
    title: "Not a domain name",
    explanation:
      "A domain name has labels of 1 to 63 characters between its dots and at most 253 characters in all. A wildcard stands only for the whole leftmost label.",
    fix: "Write the name of a host, such as `shop.example.com`.",
  },
  {
    code: "BAD_NAME",
    severity: "error",
    title: "A manifest's name that cannot be used",
    explanation:
      "The name is the ownership scope and becomes part of set identifiers, tags and caller references, so it is limited to 1 to 24 characters of a-z, 0-9 and the hyphen.",
    fix: "Choose a short name such as `storefront`.",
  },
  {
    code: "BAD_SCOPE_ID",
    severity: "error",
    title: "A scope id that cannot be used",
    explanation:
      "The scope id tells two manifests of one name apart. It is six to twelve characters of a-z and 0-9, as `signalbox init` writes it.",
    fix: "Restore the scope id from the manifest's history. Only a manifest that was never applied may take a new one.",
  },
  {
    code: "BAD_TAG",
    severity: "error",
    title: "A tag that AWS refuses",
    explanation:
      "A tag's key has 1 to 128 characters and its value at most 256: letters, digits, spaces and _ . : / = + - @. A resource has at most 50 tags, of which four are Signalbox's own.",
    fix: "Shorten the tag, or remove what is not allowed in it.",
  },
  {
    code: "BAD_VALUE",
    severity: "error",
    title: "A value that is not allowed here",
    explanation: "The key exists, but its value is outside what the schema or AWS allows. The message says what is.",
    fix: "Write a value that the message allows.",
  },
  {
    code: "CERTIFICATE_AMBIGUOUS",
    severity: "error",
    title: "Several certificates cover the name",
    explanation: "`certificate` may be left out only when exactly one certificate of the manifest covers the name.",
    fix: "Add `certificate:` with the label of the one to use.",
  },
  {
    code: "CERTIFICATE_MISSING",
    severity: "error",
    title: "No certificate covers the name",
    explanation: "A client that connects to this name would be shown a certificate for another one, and refuse it.",
    fix: "Add the name to the domains of a certificate.",
  },
  {
    code: "CERTIFICATE_NAME_TOO_LONG",
    severity: "error",
    title: "The first domain of a certificate is too long",
    explanation:
      "The first domain becomes the certificate's common name, which holds at most 64 characters. Further domains may be longer.",
    fix: "Put a shorter domain first.",
  },
  {
    code: "CERTIFICATE_TOO_MANY_NAMES",
    severity: "error",
    title: "More domains than one certificate may have",
    explanation: "ACM puts at most 10 names on one certificate, unless the account's quota was raised.",
    fix: "Use a wildcard, or split the domains into two certificates.",
  },
  {
    code: "CERTIFICATE_UNKNOWN",
    severity: "error",
    title: "A certificate that the manifest does not have",
    explanation: "`certificate` names a label under `certificates`.",
    fix: "Correct the label, or add the certificate.",
  },
  {
    code: "CERTIFICATE_UNUSED",
    severity: "warning",
    title: "Nothing binds the certificate",
    explanation:
      "A certificate is requested only in Regions where something binds it, so this one is not requested at all.",
    fix: "Bind it, or remove it.",
  },
  {
    code: "DUPLICATE",
    severity: "error",
    title: "The same thing twice",
    explanation:
      "Two entries mean the same, perhaps in another spelling: names are compared without case and without the trailing dot.",
    fix: "Remove one of them.",
  },
  {
    code: "HEALTH_CHECK_HOST",
    severity: "error",
    title: "A health check of the name that all Regions answer for",
    explanation:
      "A check of the multi-region name itself follows the very records it should steer: it tells whether some Region answers, never which.",
    fix: "Use `host: api`, which checks every Region's own REST API.",
  },
  {
    code: "HEALTH_CHECK_STAGE",
    severity: "warning",
    title: "The health check's path does not start with the stage",
    explanation:
      "With `host: api` the request goes to the REST API's own host, where the first part of a path is the stage. Without it the answer is 403 and the check is never healthy.",
    fix: "Start the path with the stage, for example `/prod/healthcheck`.",
  },
  {
    code: "HEALTH_CHECK_USERS",
    severity: "error",
    title: "Too many names share a health check",
    explanation:
      "One TXT record set says which names share a check, and Route 53 takes 32,000 characters of values in a batch. That is enough for some 200 names.",
    fix: "Write `gate: own` in the health check of some of them.",
  },
  {
    code: "HEALTH_CHECKS_DIFFER",
    severity: "error",
    title: "Names that share a health check say differently what it is",
    explanation:
      "Names whose health checks ask one endpoint in one Region share one check, and one gate. A check has one path, one search string, one interval and one failure threshold.",
    fix: "Write the same for each of them, or `gate: own` for a name that needs a check of its own.",
  },
  {
    code: "KEY_ALGORITHM",
    severity: "error",
    title: "A key algorithm that cannot be used",
    explanation: "ACM issues public certificates with RSA_2048, EC_prime256v1 and EC_secp384r1 keys only.",
    fix: "Choose one of these; RSA_2048 has the widest support.",
  },
  {
    code: "LISTENER_CERTIFICATES",
    severity: "error",
    title: "More certificates than a load balancer takes",
    explanation:
      "An Application Load Balancer binds at most 25 certificates beside the default one, unless the account's quota was raised.",
    fix: "Put several names into one certificate, or use a second load balancer.",
  },
  {
    code: "LISTENER_CONFLICT",
    severity: "error",
    title: "A listener named in two ways",
    explanation:
      "A listener is named by its ARN, or by its load balancer and port. With both, which one counts would be a guess.",
    fix: "Keep one of the two forms.",
  },
  {
    code: "MAPPING_CONFLICT",
    severity: "error",
    title: "A Region with both forms of base path mappings",
    explanation:
      "`restApi`, `stage` and `basePath` are short for one mapping; `mappings` lists several. With both, which one counts would be a guess.",
    fix: "Keep one of the two forms.",
  },
  {
    code: "MAPPING_MISSING",
    severity: "error",
    title: "A Region without a base path mapping",
    explanation:
      "Without a mapping to a REST API and a stage, API Gateway answers every request in this Region with 403.",
    fix: "Give the Region `restApi` and `stage`, or `mappings`.",
  },
  {
    code: "MISSING_KEY",
    severity: "error",
    title: "A key is missing",
    explanation: "The key has no default, so the manifest has to say it.",
    fix: "Add the key.",
  },
  {
    code: "MISSING_SCOPE_ID",
    severity: "error",
    title: "The manifest has no scope id",
    explanation:
      "Without it a copy of the manifest with another purpose could not be told from this one, and would act on the same resources.",
    fix: "Start from `signalbox init`, or paste a new id of six characters of a-z and 0-9.",
  },
  {
    code: "NAME_HAS_REGION",
    severity: "error",
    title: "The manifest's name holds a Region's code",
    explanation:
      "Set identifiers are `<name>/<region>`, and tools find the Region in them. A Region in the name would be found as well.",
    fix: "Choose a name without a Region; one manifest describes all its Regions.",
  },
  {
    code: "NO_REGIONS",
    severity: "error",
    title: "A name without a Region",
    explanation: 'A name needs at least one Region. An empty list never means "delete everything".',
    fix: "List a Region, or move the name to `retire` to take it out of service.",
  },
  {
    code: "NOT_BUILT_YET",
    severity: "error",
    title: "Not built yet",
    explanation:
      "The key is part of the manifest's format, and this version of Signalbox does not act on it. It is refused rather than skipped.",
    fix: "Remove the key for now.",
  },
  {
    code: "NOT_COVERED",
    severity: "error",
    title: "The certificate does not cover the name",
    explanation:
      "A certificate covers the names it lists; a wildcard covers exactly one label, and not the name above it.",
    fix: "Add the name to the certificate's domains, or bind another certificate.",
  },
  {
    code: "OUTSIDE_ZONES",
    severity: "error",
    title: "A name outside every zone of the manifest",
    explanation: "Records are written only to the hosted zones under `zones`; this name belongs to none of them.",
    fix: "Add the hosted zone to `zones`, or correct the name.",
  },
  {
    code: "REGIONAL_HOSTS",
    severity: "error",
    title: "Regional hosts that do not tell Regions apart",
    explanation:
      "`regionalHosts` gives every Region a host of its own; `{region}` stands for the Region's code in it. `host: regional` in a health check asks these hosts.",
    fix: "Write a pattern such as `{region}.shop.example.com`.",
  },
  {
    code: "RESERVED_NAME",
    severity: "error",
    title: "A name that Signalbox keeps for its markers",
    explanation: "Records whose name starts with `_signalbox` say who owns what. They are not for anything else.",
    fix: "Choose another name.",
  },
  {
    code: "RESERVED_TAG",
    severity: "error",
    title: "A reserved tag",
    explanation:
      "Keys that start with `aws:` belong to AWS, and keys that start with `signalbox:` say what Signalbox owns.",
    fix: "Choose another key.",
  },
  {
    code: "PREVIOUS_NAME_LISTED",
    severity: "error",
    title: "A previous name that is wanted still",
    explanation:
      "`previousName` says what a name or a certificate was called until now. The old one goes out of service when the new one answers (of a certificate only the key changes), so it cannot be listed under `apis`, `retire` or `certificates` as well.",
    fix: "Remove `previousName`, or the entry of the old name.",
  },
  {
    code: "RETIRED_AND_LISTED",
    severity: "error",
    title: "A name in both `apis` and `retire`",
    explanation: "The manifest asks for the name and for its end at once.",
    fix: "Remove it from one of the two.",
  },
  {
    code: "SCHEMA_VERSION",
    severity: "error",
    title: "A manifest of another version",
    explanation: "This version of Signalbox reads manifests of version 1.",
    fix: "Write `version: 1`, or use the Signalbox that the manifest was written for.",
  },
  {
    code: "SECURITY_POLICY",
    severity: "error",
    title: "A security policy that a regional domain cannot have",
    explanation:
      "API Gateway knows TLS_1_0, TLS_1_2 and a list of SecurityPolicy_… names; those that end in EDGE are for edge-optimized domains.",
    fix: "Choose one of the policies named in the message.",
  },
  {
    code: "SITE_FUNCTION",
    severity: "error",
    title: "A function that its runtime does not run",
    explanation:
      "CloudFront Functions run at viewer-request and viewer-response and need no role; Lambda@Edge runs at the two origin events as well and needs one.",
    fix: "Use an event of the runtime, or change `runtime`.",
  },
  {
    code: "SITE_KEY",
    severity: "error",
    title: "A key that CloudFront does not accept",
    explanation: "CloudFront accepts RSA keys and P-256, not P-384.",
    fix: "Add RSA_2048 or EC_prime256v1 to the certificate's `keyAlgorithms`.",
  },
  {
    code: "TRANSPARENCY_OFF",
    severity: "warning",
    title: "A certificate kept out of the transparency logs",
    explanation:
      "Browsers refuse a public certificate that is in no certificate transparency log, so only other clients can use this one.",
    fix: "Remove `transparencyLogging: false`, unless no browser ever connects.",
  },
  {
    code: "UNKNOWN_KEY",
    severity: "error",
    title: "A key that the manifest does not know",
    explanation: "Unknown keys are errors: a typo that is skipped in silence may take a whole zone with it.",
    fix: "Correct the key, or remove it. `signalbox schema` lists all keys.",
  },
  {
    code: "UNKNOWN_REGION",
    severity: "error",
    title: "Not an AWS Region",
    explanation: "Regions are written by their code, such as `us-east-1`.",
    fix: "Correct the code.",
  },
  {
    code: "WRONG_TYPE",
    severity: "error",
    title: "A value of the wrong type",
    explanation:
      "The key takes another type of value: text, a number, true or false, a list or a mapping. Digits without quotes are a number.",
    fix: "Write the value in the type that the message names; quote text that looks like a number.",
  },
] as const satisfies readonly CodeEntry[];

export type ManifestCode = (typeof manifestCodes)[number]["code"];
