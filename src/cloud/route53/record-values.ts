import { parseDomainName } from "../../dns/domain-name.ts";
import { parseIpv4, parseIpv6 } from "../../dns/ip-address.ts";
import { CHARACTER_STRING_OCTETS_MAX, parseTxt } from "../../dns/txt.ts";
import type { RecordSet } from "../cloud.ts";
import { RECORD_SET_VALUES_MAX } from "./limits.ts";

/**
 * What is wrong with the values of a record set, in AWS's words. Types that nobody here writes are taken as they are.
 * Source: Developer Guide, "Supported DNS record types"; quotas: "Quotas", checked 2026-11-23.
 */
export function valueProblems(record: RecordSet): readonly string[] {
  const values = (record.ResourceRecords ?? []).map(({ Value }) => Value);
  const problems = values.flatMap((value) => {
    const problem = valueProblem(record.Type, value);
    return problem === undefined
      ? []
      : [`Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`];
  });
  // Assumed: the wording of the second and third; the first was seen when the limit was still 100.
  const name = `[name='${record.Name}', type='${record.Type}']`;
  if (values.length > RECORD_SET_VALUES_MAX)
    problems.push(`Cannot have more than ${RECORD_SET_VALUES_MAX} records in a RRSet.`);
  if (new Set(values).size < values.length) problems.push(`Duplicate Resource Record in ${name}`);
  if (values.length > 1 && (record.Type === "CNAME" || record.Region !== undefined)) {
    problems.push(`Only one Resource Record is permitted in ${name}`);
  }
  return problems;
}

function valueProblem(type: RecordSet["Type"], value: string): string | undefined {
  switch (type) {
    case "A":
      return parseIpv4(value) === undefined
        ? "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"
        : undefined;
    case "AAAA":
      return parseIpv6(value) === undefined
        ? "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"
        : undefined;
    case "CNAME":
    case "NS":
    case "PTR":
      return targetProblem(value);
    case "MX":
      return fieldsProblem(value, 1);
    case "SRV":
      return fieldsProblem(value, 3);
    case "TXT":
    case "SPF":
      return txtProblem(value);
    default:
      return value === "" ? "InvalidRRDATA (Value is empty)" : undefined;
  }
}

function targetProblem(value: string): string | undefined {
  if (value === "") return "DomainNameEmpty (Domain name is empty)";
  return value === "." || parseDomainName(value).ok
    ? undefined
    : "DomainLabelInvalid (Value is not a valid domain name)";
}

/** So many numbers of 16 bits, then a name. */
function fieldsProblem(value: string, numbers: number): string | undefined {
  const fields = value.trim().split(/\s+/);
  const heads = fields.slice(0, numbers);
  const wellFormed =
    fields.length === numbers + 1 && heads.every((field) => /^\d{1,5}$/.test(field) && Number(field) <= 65_535);
  return wellFormed ? targetProblem(fields[numbers] ?? "") : "InvalidRRDATA (Value does not have the right fields)";
}

function txtProblem(value: string): string | undefined {
  const strings = parseTxt(value);
  if (strings === undefined) return "InvalidCharacterString (Value should be enclosed in quotation marks)";
  const tooLong = strings.some((string) => string.length > CHARACTER_STRING_OCTETS_MAX);
  return tooLong ? "CharacterStringTooLong (Value is too long)" : undefined;
}
