import type { Call, Send } from "../../../src/cloud/call.ts";
import type { Instant } from "../../../src/cloud/instant.ts";
import { changed, outputOf, refuse, succeed } from "./answers.ts";
import type { Mends } from "./mends.ts";
import type { Record53 } from "./mends-route53.ts";

interface Detail {
  readonly CertificateArn: string;
  readonly DomainName: string;
  readonly SubjectAlternativeNames?: readonly string[];
  readonly Status: string;
  readonly Type: string;
  readonly DomainValidationOptions?: readonly {
    readonly DomainName: string;
    readonly ValidationStatus?: string;
    readonly ResourceRecord: { readonly Name: string; readonly Value: string };
  }[];
  readonly Options?: unknown;
}

interface Request {
  readonly KeyAlgorithm?: string;
  readonly Options?: { readonly CertificateTransparencyLoggingPreference?: string };
}

interface Domain {
  readonly domainName: string;
  readonly regionalCertificateArn?: string;
}

/** How long ACM remembers a token. Source: ACM API reference "RequestCertificate", checked 2026-11-23. */
const HOUR_MS = 3_600_000;

/** Issued when every name's record was there; in use by the domains that serve it; with the key that was asked for. */
export function acmMends(moto: Send, mended: Send, now: () => Instant): Mends {
  const tokens = new Map<string, { readonly CertificateArn: string; readonly until: Instant }>();
  const asked = new Map<string, Request>();
  const issued = new Set<string>();

  const detailOf = async (call: Call, arn: string): Promise<Detail> => {
    const describing = { ...call, operation: "DescribeCertificate", input: { CertificateArn: arn } };
    const { Certificate } = await outputOf<{ readonly Certificate: Detail }>(moto, describing);
    return asAwsHasIt(Certificate, await allRecords(mended, call), await usersOf(mended, call, arn));
  };

  const asAwsHasIt = (detail: Detail, records: readonly Record53[], InUseBy: readonly string[]): Detail => {
    const options = detail.DomainValidationOptions ?? [];
    const proved = options.every(({ ResourceRecord }) => records.some((record) => proves(record, ResourceRecord)));
    if (detail.Status === "ISSUED" && proved) issued.add(detail.CertificateArn);
    const isPending = detail.Status === "ISSUED" && !issued.has(detail.CertificateArn);
    const Status = isPending ? "PENDING_VALIDATION" : detail.Status;
    const { KeyAlgorithm = "RSA_2048", Options: logging } = asked.get(detail.CertificateArn) ?? {};
    return {
      ...detail,
      ...(isPending ? { IssuedAt: undefined, NotBefore: undefined, NotAfter: undefined } : {}),
      Status,
      KeyAlgorithm: KeyAlgorithm.replace("RSA_", "RSA-"),
      Options: { CertificateTransparencyLoggingPreference: "ENABLED", ...(detail.Options as object), ...logging },
      InUseBy,
      DomainValidationOptions: options.map((each) => ({
        ...each,
        ValidationStatus: isPending ? "PENDING_VALIDATION" : "SUCCESS",
      })),
    } as Detail;
  };

  return {
    "acm:RequestCertificate": async (call) => {
      const { IdempotencyToken: token, ...input } = call.input as Request & { readonly IdempotencyToken?: string };
      const known = tokens.get(`${call.region} ${token}`);
      if (known !== undefined && now() < known.until) return succeed({ CertificateArn: known.CertificateArn });
      const answer = await moto({ ...call, input });
      if (answer.ok !== true) return answer;
      const { CertificateArn } = answer.output as { CertificateArn: string };
      asked.set(CertificateArn, input);
      if (token !== undefined) tokens.set(`${call.region} ${token}`, { CertificateArn, until: now() + HOUR_MS });
      return answer;
    },
    "acm:DescribeCertificate": async (call) => {
      const { CertificateArn } = call.input as { readonly CertificateArn: string };
      const answer = await moto(call);
      if (answer.ok !== true) return answer;
      const Certificate = await detailOf(call, CertificateArn);
      return changed(answer, () => ({ Certificate }));
    },
    "acm:ListCertificates": async (call) => {
      const { Includes } = call.input as { readonly Includes?: { readonly keyTypes?: readonly string[] } };
      const answer = await moto({ ...call, input: {} });
      if (answer.ok !== true) return answer;
      const { CertificateSummaryList: listed } = answer.output as { CertificateSummaryList: readonly Detail[] };
      const details = await Promise.all(listed.map(({ CertificateArn }) => detailOf(call, CertificateArn)));
      const summaries = details.map(summaryOf);
      const wanted = Includes?.keyTypes ?? ["RSA_1024", "RSA_2048"];
      return changed(answer, () => ({
        CertificateSummaryList: summaries.filter(({ KeyAlgorithm }) => wanted.includes(KeyAlgorithm)),
      }));
    },
    "acm:UpdateCertificateOptions": async (call) => {
      const input = call.input as Request & { readonly CertificateArn: string };
      await detailOf(call, input.CertificateArn);
      asked.set(input.CertificateArn, { ...asked.get(input.CertificateArn), Options: input.Options ?? {} });
      return succeed({});
    },
    "acm:DeleteCertificate": async (call) => {
      const { CertificateArn } = call.input as { readonly CertificateArn: string };
      const users = await usersOf(mended, call, CertificateArn);
      if (users.length === 0) return moto(call);
      return refuse("ResourceInUseException", `Certificate ${CertificateArn} is in use by ${users.join(", ")}`);
    },
  };
}

const proves = (record: Record53, wanted: { readonly Name: string; readonly Value: string }): boolean =>
  record.Type === "CNAME" &&
  record.Name === wanted.Name &&
  (record["ResourceRecords"] as readonly { readonly Value: string }[])[0]?.Value === wanted.Value;

interface Summary {
  readonly KeyAlgorithm: string;
  readonly [member: string]: unknown;
}

/** A summary tells less, in other words: `RSA_2048` where the description says `RSA-2048`. */
function summaryOf(detail: Detail): Summary {
  const {
    SubjectAlternativeNames = [],
    InUseBy,
    KeyAlgorithm,
    ...rest
  } = detail as Detail & {
    readonly InUseBy: readonly string[];
    readonly KeyAlgorithm: string;
  };
  return {
    ...rest,
    KeyAlgorithm: KeyAlgorithm.replace("RSA-", "RSA_"),
    SubjectAlternativeNameSummaries: SubjectAlternativeNames,
    HasAdditionalSubjectAlternativeNames: false,
    InUse: InUseBy.length > 0,
  };
}

async function allRecords(mended: Send, call: Call): Promise<readonly Record53[]> {
  const ask = <Output>(operation: string, input: unknown): Promise<Output> =>
    outputOf<Output>(mended, { ...call, service: "route53", operation, input });
  const { HostedZones } = await ask<{ HostedZones: readonly { readonly Id: string }[] }>("ListHostedZones", {});
  const listings = await Promise.all(
    HostedZones.map(({ Id }) =>
      ask<{ ResourceRecordSets: readonly Record53[] }>("ListResourceRecordSets", {
        HostedZoneId: Id.replace("/hostedzone/", ""),
      }),
    ),
  );
  return listings.flatMap(({ ResourceRecordSets }) => ResourceRecordSets);
}

/** The ARNs of the load balancers behind the domains, which are AWS's own. */
async function usersOf(mended: Send, call: Call, arn: string): Promise<readonly string[]> {
  const asking = { ...call, service: "apigateway", operation: "GetDomainNames", input: {} } as const;
  const { items = [] } = await outputOf<{ readonly items?: readonly Domain[] }>(mended, asking);
  return items
    .filter((domain) => domain.regionalCertificateArn === arn)
    .map(({ domainName }) => `arn:aws:elasticloadbalancing:${call.region}:000000000000:loadbalancer/net/${domainName}`);
}
