import type { Answer, Call, Send } from "../../../src/cloud/call.ts";
import { outputOf } from "./answers.ts";
import type { Check } from "./estate.ts";
import type { Record53 } from "./mends-route53.ts";

/** Something that moto does otherwise than AWS. When it does so no longer, its mend can go. */
export interface Departure {
  /** The mends that are there because of it. */
  readonly mends: readonly string[];
  readonly what: string;
  /** Whether this moto still does it. */
  stands(at: Moto): Promise<boolean>;
}

/** An empty moto without mends, with one zone. */
export interface Moto {
  readonly zoneId: string;
  send(service: Call["service"], operation: string, input: unknown): Promise<Answer>;
  ask<Output>(service: Call["service"], operation: string, input: unknown): Promise<Output>;
}

const REGION = "eu-west-1";
const DOMAIN = { domainName: "shop.example.com" };

/** `moto`: where it is. It is emptied. */
export async function emptyMoto(moto: string, send: Send): Promise<Moto> {
  await fetch(`${moto}/moto-api/reset`, { method: "POST" });
  const call = (service: Call["service"], operation: string, input: unknown): Call => ({
    account: "",
    region: REGION,
    service,
    operation,
    input,
  });
  const zone = call("route53", "CreateHostedZone", { Name: "example.com", CallerReference: "departures" });
  const { HostedZone } = await outputOf<{ readonly HostedZone: { readonly Id: string } }>(send, zone);
  return {
    zoneId: HostedZone.Id.replace("/hostedzone/", ""),
    send: (service, operation, input) => send(call(service, operation, input)),
    ask: (service, operation, input) => outputOf(send, call(service, operation, input)),
  };
}

const text = (Name: string, Value: string, more: object = {}): Record53 => ({
  Name,
  Type: "TXT",
  TTL: 60,
  ResourceRecords: [{ Value: `"${Value}"` }],
  ...more,
});

const change = (at: Moto, ...changes: readonly (readonly [string, Record53])[]): Promise<Answer> =>
  at.send("route53", "ChangeResourceRecordSets", {
    HostedZoneId: at.zoneId,
    ChangeBatch: { Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })) },
  });

interface Listed {
  readonly ResourceRecordSets: readonly Record53[];
  readonly NextRecordIdentifier?: string;
}

const list = (at: Moto, more: object = {}): Promise<Listed> =>
  at.ask<Listed>("route53", "ListResourceRecordSets", { HostedZoneId: at.zoneId, ...more });

const texts = async (at: Moto): Promise<readonly string[]> =>
  (await list(at)).ResourceRecordSets.flatMap(({ Name, Type }) => (Type === "TXT" ? [Name] : []));

const weighted = (name: string, id: string): Record53 => text(name, id, { SetIdentifier: id, Weight: 1 });

const CHECK = { Type: "HTTPS", FullyQualifiedDomainName: "a.example.com", Port: 443 };

const makeCheck = async (at: Moto, config: object = CHECK): Promise<string> => {
  const input = { CallerReference: "one", HealthCheckConfig: config };
  return (await at.ask<{ readonly HealthCheck: Check }>("route53", "CreateHealthCheck", input)).HealthCheck.Id;
};

const makeCertificate = async (at: Moto, more: object = {}): Promise<string> => {
  const input = { DomainName: "shop.example.com", ValidationMethod: "DNS", ...more };
  return (await at.ask<{ readonly CertificateArn: string }>("acm", "RequestCertificate", input)).CertificateArn;
};

const describe = async (at: Moto, CertificateArn: string): Promise<Readonly<Record<string, unknown>>> => {
  const told = at.ask<{ readonly Certificate: Readonly<Record<string, unknown>> }>;
  return (await told("acm", "DescribeCertificate", { CertificateArn })).Certificate;
};

const makeDomain = (at: Moto, regionalCertificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/none") =>
  at.ask<Readonly<Record<string, unknown>>>("apigateway", "CreateDomainName", {
    ...DOMAIN,
    regionalCertificateArn,
    endpointConfiguration: { types: ["REGIONAL"] },
  });

const BATCH = ["route53:ChangeResourceRecordSets"];
const LISTING = ["route53:ListResourceRecordSets"];

const ofRecords: readonly Departure[] = [
  {
    mends: BATCH,
    what: "a batch that is refused leaves its first changes behind",
    async stands(at) {
      const answer = await change(at, ["CREATE", text("a.example.com", "1")], ["CREATE", text("a.example.org", "2")]);
      return answer.ok === false && (await texts(at)).length === 1;
    },
  },
  {
    mends: BATCH,
    what: "a record can be created twice, with another value",
    async stands(at) {
      await change(at, ["CREATE", text("a.example.com", "1")]);
      await change(at, ["CREATE", text("a.example.com", "2")]);
      return (await texts(at)).length === 2;
    },
  },
  {
    mends: BATCH,
    what: "a record that is gone can be deleted again",
    async stands(at) {
      await change(at, ["CREATE", text("a.example.com", "1")]);
      await change(at, ["DELETE", text("a.example.com", "1")]);
      return (await change(at, ["DELETE", text("a.example.com", "1")])).ok === true;
    },
  },
  {
    mends: BATCH,
    what: "a deletion by set identifier takes the records of other names along",
    async stands(at) {
      await change(at, ["CREATE", weighted("a.example.com", "x")], ["CREATE", weighted("b.example.com", "x")]);
      await change(at, ["DELETE", weighted("a.example.com", "x")]);
      return (await texts(at)).length === 0;
    },
  },
  {
    mends: BATCH,
    what: "every change has the same identifier",
    async stands(at) {
      const ids = [];
      for (const name of ["a.example.com", "b.example.com"]) {
        const answer = await change(at, ["CREATE", text(name, "1")]);
        ids.push(answer.ok === true ? (answer.output as { ChangeInfo: { Id: string } }).ChangeInfo.Id : "");
      }
      return ids[0] === ids[1];
    },
  },
  {
    mends: LISTING,
    what: String.raw`a wildcard is listed as *, not as \052`,
    async stands(at) {
      await change(at, ["CREATE", text("*.example.com", "1")]);
      return (await texts(at))[0] === "*.example.com.";
    },
  },
  {
    mends: LISTING,
    what: "a page that ends inside a name does not say where",
    async stands(at) {
      await change(at, ["CREATE", weighted("a.example.com", "x")], ["CREATE", weighted("a.example.com", "y")]);
      const page = await list(at, { MaxItems: "1", StartRecordName: "a.example.com", StartRecordType: "TXT" });
      return page.NextRecordIdentifier === undefined;
    },
  },
];

const ofChecks: readonly Departure[] = [
  {
    mends: ["route53:CreateHealthCheck", "route53:DeleteHealthCheck"],
    what: "a caller reference makes a second health check, and a health check that is not there can be deleted",
    async stands(at) {
      const ids = [await makeCheck(at), await makeCheck(at)];
      const gone = await at.send("route53", "DeleteHealthCheck", {
        HealthCheckId: "00000000-0000-4000-8000-000000000000",
      });
      return ids[0] !== ids[1] && gone.ok === true;
    },
  },
  {
    mends: ["route53:UpdateHealthCheck", "route53:GetHealthCheck"],
    what: "any HealthCheckVersion is taken, and none is counted",
    async stands(at) {
      const HealthCheckId = await makeCheck(at);
      const update = { HealthCheckId, HealthCheckVersion: 99, ResourcePath: "/ready" };
      const { HealthCheck } = await at.ask<{ readonly HealthCheck: { readonly HealthCheckVersion: number } }>(
        "route53",
        "UpdateHealthCheck",
        update,
      );
      return HealthCheck.HealthCheckVersion === 1;
    },
  },
  {
    mends: ["route53:UpdateHealthCheck"],
    what: "an update that does not name the children takes them away",
    async stands(at) {
      const child = await makeCheck(at);
      const HealthCheckId = await makeCheck(at, { Type: "CALCULATED", ChildHealthChecks: [child], HealthThreshold: 1 });
      await at.ask("route53", "UpdateHealthCheck", { HealthCheckId, HealthThreshold: 1 });
      const { HealthCheck } = await at.ask<{ readonly HealthCheck: { readonly HealthCheckConfig: object } }>(
        "route53",
        "GetHealthCheck",
        { HealthCheckId },
      );
      return (HealthCheck.HealthCheckConfig as { ChildHealthChecks?: unknown }).ChildHealthChecks === undefined;
    },
  },
  {
    mends: ["route53:ListHealthChecks"],
    what: "the list of health checks does not say whether it is truncated",
    stands: async (at) => !("IsTruncated" in (await at.ask<object>("route53", "ListHealthChecks", {}))),
  },
];

const ofCertificates: readonly Departure[] = [
  {
    mends: ["acm:DescribeCertificate"],
    what: "a certificate is issued although no record proves its names",
    stands: async (at) => (await describe(at, await makeCertificate(at)))["Status"] === "ISSUED",
  },
  {
    mends: ["acm:RequestCertificate", "acm:DescribeCertificate"],
    what: "the key algorithm that is asked for is not taken, and an RSA one is written as in a request",
    async stands(at) {
      const arn = await makeCertificate(at, { KeyAlgorithm: "EC_prime256v1" });
      return (await describe(at, arn))["KeyAlgorithm"] === "RSA_2048";
    },
  },
  {
    mends: ["acm:RequestCertificate"],
    what: "a request with the token of a certificate that was deleted is an internal error",
    async stands(at) {
      const token = { IdempotencyToken: "token" };
      await at.ask("acm", "DeleteCertificate", { CertificateArn: await makeCertificate(at, token) });
      const input = { DomainName: "shop.example.com", ValidationMethod: "DNS", ...token };
      return (await at.send("acm", "RequestCertificate", input)).ok !== true;
    },
  },
  {
    mends: ["acm:ListCertificates"],
    what: "the list does not tell the names of a certificate",
    async stands(at) {
      await makeCertificate(at);
      const { CertificateSummaryList: listed } = await at.ask<{ readonly CertificateSummaryList: readonly object[] }>(
        "acm",
        "ListCertificates",
        {},
      );
      return listed.length === 1 && !("SubjectAlternativeNameSummaries" in (listed[0] ?? {}));
    },
  },
  {
    mends: ["acm:UpdateCertificateOptions"],
    what: "UpdateCertificateOptions is not there",
    async stands(at) {
      const CertificateArn = await makeCertificate(at);
      const Options = { CertificateTransparencyLoggingPreference: "DISABLED" };
      return (await at.send("acm", "UpdateCertificateOptions", { CertificateArn, Options })).ok !== true;
    },
  },
  {
    mends: ["acm:DeleteCertificate", "acm:DescribeCertificate"],
    what: "a certificate that a domain serves is not in use, and can be deleted",
    async stands(at) {
      const CertificateArn = await makeCertificate(at);
      await makeDomain(at, CertificateArn);
      const { InUseBy = [] } = (await describe(at, CertificateArn)) as { readonly InUseBy?: readonly string[] };
      return InUseBy.length === 0 && (await at.send("acm", "DeleteCertificate", { CertificateArn })).ok === true;
    },
  },
  {
    mends: ["tagging:GetResources"],
    what: "GetResources finds nothing by a resource's type",
    async stands(at) {
      await makeCertificate(at, { Tags: [{ Key: "team", Value: "payments" }] });
      const input = { ResourceTypeFilters: ["acm:certificate"] };
      const found = await at.ask<{ readonly ResourceTagMappingList?: readonly unknown[] }>(
        "tagging",
        "GetResources",
        input,
      );
      return (found.ResourceTagMappingList ?? []).length === 0;
    },
  },
];

const ofDomains: readonly Departure[] = [
  {
    mends: ["apigateway:CreateDomainName"],
    what: "a domain name that is there is made anew over the old one",
    async stands(at) {
      const [first, second] = [await makeDomain(at), await makeDomain(at)];
      return first["regionalDomainName"] !== second["regionalDomainName"];
    },
  },
  {
    mends: ["apigateway:GetDomainName", "apigateway:GetDomainNames", "apigateway:CreateDomainName"],
    what: "a regional domain's hosted zone is CloudFront's",
    stands: async (at) => (await makeDomain(at))["regionalHostedZoneId"] === "Z2FDTNDATAQYW2",
  },
  {
    mends: ["apigateway:UpdateDomainName"],
    what: "UpdateDomainName is not there",
    async stands(at) {
      await makeDomain(at);
      const patchOperations = [{ op: "replace", path: "/securityPolicy", value: "TLS_1_2" }];
      return (await at.send("apigateway", "UpdateDomainName", { ...DOMAIN, patchOperations })).ok !== true;
    },
  },
  {
    mends: ["apigateway:TagResource"],
    what: "a domain cannot be tagged",
    async stands(at) {
      await makeDomain(at);
      const resourceArn = `arn:aws:apigateway:${REGION}::/domainnames/${DOMAIN.domainName}`;
      await at.send("apigateway", "TagResource", { resourceArn, tags: { team: "payments" } });
      const domain = await at.ask<{ readonly tags?: object }>("apigateway", "GetDomainName", DOMAIN);
      return domain.tags === undefined || !("team" in domain.tags);
    },
  },
  {
    mends: ["apigateway:GetBasePathMappings"],
    what: "the mappings of a domain that has none are an internal error",
    async stands(at) {
      await makeDomain(at);
      return (await at.send("apigateway", "GetBasePathMappings", DOMAIN)).ok !== true;
    },
  },
  {
    mends: ["apigateway:DeleteDomainName"],
    what: "a domain is deleted with its mappings still there, and they come back with the next one of that name",
    async stands(at) {
      const { id: restApiId } = await at.ask<{ readonly id: string }>("apigateway", "CreateRestApi", { name: "api" });
      await makeDomain(at);
      await at.ask("apigateway", "CreateBasePathMapping", { ...DOMAIN, restApiId, basePath: "v1" });
      await at.ask("apigateway", "DeleteDomainName", DOMAIN);
      await makeDomain(at);
      const { items = [] } = await at.ask<{ readonly items?: readonly unknown[] }>(
        "apigateway",
        "GetBasePathMappings",
        DOMAIN,
      );
      return items.length === 1;
    },
  },
];

export const departures: readonly Departure[] = [...ofRecords, ...ofChecks, ...ofCertificates, ...ofDomains];
