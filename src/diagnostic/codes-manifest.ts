import type { CodeEntry } from "./code-entry.ts";

/** Codes of the manifest's text, shape and rules. In alphabetical order. */
export const manifestCodes = [
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
    fix: "Correct the name.",
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
    fix: "Choose one of the values named in the message.",
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
    code: "DUPLICATE_KEY",
    severity: "error",
    title: "A key twice in one mapping",
    explanation: "YAML readers differ on which of two equal keys counts, so neither is taken.",
    fix: "Remove one of them, or merge the two.",
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
    code: "KEY_ALGORITHM",
    severity: "error",
    title: "A key algorithm that cannot be used",
    explanation: "ACM issues public certificates with RSA_2048, EC_prime256v1 and EC_secp384r1 keys only.",
    fix: "Choose one of these; RSA_2048 has the widest support.",
  },
  {
    code: "MANIFEST_EMPTY",
    severity: "error",
    title: "The manifest is empty",
    explanation: 'An empty file never means "delete everything".',
    fix: "Write a manifest (`signalbox init` makes a first one). To take names out of service, list them under `retire`.",
  },
  {
    code: "MANIFEST_NOT_TEXT",
    severity: "error",
    title: "The manifest is not a text file",
    explanation: "The file holds bytes that do not occur in UTF-8 text.",
    fix: "Name the right file, or save it as UTF-8.",
  },
  {
    code: "MANIFEST_TOO_LARGE",
    severity: "error",
    title: "The manifest is too large",
    explanation: "A manifest has at most 10 MB, and at most 1,000,000 values once its aliases are written out.",
    fix: "Split it into several manifests with names of their own.",
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
  {
    code: "YAML_ALIAS",
    severity: "error",
    title: "An alias that cannot be resolved",
    explanation:
      "An alias (`*name`) repeats the value marked with the anchor (`&name`) that stands before it, and cannot hold itself.",
    fix: "Correct the alias's name, or write the value out.",
  },
  {
    code: "YAML_KEY",
    severity: "error",
    title: "A key that is not text",
    explanation: "Keys are plain or quoted text. A list, a mapping or nothing at all cannot be one.",
    fix: "Write the key as text.",
  },
  {
    code: "YAML_MERGE_KEY",
    severity: "error",
    title: "A merge key",
    explanation: "`<<` is not part of YAML 1.2, and hides where a value comes from.",
    fix: "Write the keys out, or repeat a whole value with an alias.",
  },
  {
    code: "YAML_MULTIPLE_DOCUMENTS",
    severity: "error",
    title: "Several documents in one file",
    explanation: "A manifest is one YAML document; a line `---` starts another.",
    fix: "Put every manifest into a file of its own.",
  },
  {
    code: "YAML_SYNTAX",
    severity: "error",
    title: "Not valid YAML",
    explanation:
      "The text cannot be read as YAML. Frequent causes: a tab in the indentation, a missing space after a colon, an unclosed quote or bracket.",
    fix: "Correct the line; names that start with `*` need quotes.",
  },
  {
    code: "YAML_TAG",
    severity: "error",
    title: "A YAML tag",
    explanation:
      "Tags (`!name`, `!!binary`) are not supported: every value is text, a number, true or false, a list or a mapping.",
    fix: "Remove the tag.",
  },
  {
    code: "YAML_TOO_DEEP",
    severity: "error",
    title: "Nested too deeply",
    explanation: "A manifest is at most 100 levels deep; it needs no more than seven.",
    fix: "Look for brackets that are not closed.",
  },
] as const satisfies readonly CodeEntry[];

export type ManifestCode = (typeof manifestCodes)[number]["code"];
