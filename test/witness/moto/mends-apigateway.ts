import type { Call, Send } from "../../../src/cloud/call.ts";
import { changed, refuse, succeed } from "./answers.ts";
import type { Mends } from "./mends.ts";

interface Domain {
  readonly domainName: string;
  readonly endpointConfiguration?: object;
  readonly tags?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

interface Named {
  readonly domainName: string;
  readonly basePath?: string;
  readonly patchOperations?: readonly { readonly path: string; readonly value: string }[];
}

/** Source: AWS General Reference, "Amazon API Gateway endpoints and quotas" (Route 53 hosted zone IDs), checked 2026-11-23. */
const HOSTED_ZONES: Readonly<Record<string, string>> = {
  "us-east-1": "Z1UJRXOUMOOFQ8",
  "us-west-2": "Z2OJLYMUO9EFXC",
  "eu-west-1": "ZLY8HYME6SFDD",
};

/** Regional domains as AWS has them, with the updates and tags that moto cannot take. */
export function apiGatewayMends(moto: Send): Mends {
  /** What was updated since a domain was made, by Region and name. */
  const updates = new Map<string, Partial<Domain>>();
  const keyOf = (call: Call, domainName: string): string => `${call.region} ${domainName}`;
  const regional = (call: Call, domain: Domain): Domain => {
    const { distributionDomainName: _edge, distributionHostedZoneId: _zone, ...rest } = domain;
    const update = updates.get(keyOf(call, domain.domainName));
    return {
      ...rest,
      ...update,
      domainName: domain.domainName,
      regionalHostedZoneId: HOSTED_ZONES[call.region],
      endpointConfiguration: {
        ipAddressType: "ipv4",
        ...domain.endpointConfiguration,
        ...update?.endpointConfiguration,
      },
    };
  };
  const ask = (call: Call, operation: string, input: unknown) => moto({ ...call, operation, input });
  const withUpdate = async (call: Call, domainName: string, change: (domain: Domain) => Partial<Domain>) => {
    const there = await ask(call, "GetDomainName", { domainName });
    return changed(there, (domain: Domain) => {
      const key = keyOf(call, domainName);
      updates.set(key, { ...updates.get(key), ...change(regional(call, domain)) });
      return regional(call, domain);
    });
  };
  return {
    ...mappingMends(moto),
    "apigateway:GetDomainName": async (call) => changed(await moto(call), (domain: Domain) => regional(call, domain)),
    "apigateway:GetDomainNames": async (call) =>
      changed(await moto(call), ({ items = [] }: { readonly items?: readonly Domain[] }) => ({
        items: items.map((domain) => regional(call, domain)),
      })),
    "apigateway:CreateDomainName": async (call) => {
      const { domainName } = call.input as Named;
      const there = await ask(call, "GetDomainName", { domainName });
      if (there.ok === true) return refuse("BadRequestException", "The domain name you provided already exists.");
      return changed(await moto(call), (domain: Domain) => regional(call, domain));
    },
    "apigateway:UpdateDomainName": (call) => {
      const { domainName, patchOperations = [] } = call.input as Named;
      return withUpdate(call, domainName, (domain) => patched(domain, patchOperations));
    },
    "apigateway:DeleteDomainName": async (call) => {
      const { domainName } = call.input as Named;
      const mappings = await ask(call, "GetBasePathMappings", { domainName });
      const items = mappings.ok === true ? (mappings.output as { readonly items?: readonly unknown[] }).items : [];
      if ((items ?? []).length > 0) return refuse("BadRequestException", `${domainName} still has base path mappings`);
      updates.delete(keyOf(call, domainName));
      return moto(call);
    },
    "apigateway:TagResource": async (call) => {
      const { resourceArn, tags } = call.input as { readonly resourceArn: string; readonly tags: Domain["tags"] };
      const domainName = /\/domainnames\/(.+)$/.exec(decodeURIComponent(resourceArn))?.[1];
      if (domainName === undefined) return moto(call);
      const answer = await withUpdate(call, domainName, (domain) => ({ tags: { ...domain.tags, ...tags } }));
      return changed(answer, () => ({}));
    },
  };
}

function patched(domain: Domain, patches: NonNullable<Named["patchOperations"]>): Partial<Domain> {
  let update: Partial<Domain> = {};
  for (const { path, value } of patches) {
    const [, first = "", second] = path.split("/");
    const inner = second === undefined ? value : { ...domain.endpointConfiguration, [second]: value };
    update = { ...update, [first]: inner };
  }
  return update;
}

/** A domain without mappings has an empty list of them, and one that is made anew does not have those of the old one. */
const mappingMends = (moto: Send): Mends => ({
  "apigateway:GetBasePathMappings": async (call) => {
    const { domainName } = call.input as Named;
    const domain = await moto({ ...call, operation: "GetDomainName", input: { domainName } });
    if (domain.ok !== true) return domain;
    const answer = await moto(call);
    return answer.ok === true ? answer : succeed({ items: [] });
  },
});
