// Certificates, custom domain names and their tags in the AWS CLI's words.
import { setTimeout as sleep } from "node:timers/promises";
import { instant } from "./cli.mjs";

const UNKNOWN = "arn:aws:acm:us-east-1:200000000001:certificate/11111111-2222-3333-4444-555555555555";

/** Asks until the answer is as wanted. */
async function until(look, wanted) {
  for (let left = 10; left > 0; left -= 1) {
    const seen = await look();
    if (seen === undefined || wanted(seen)) return seen;
    await sleep(300);
  }
  return undefined;
}

/** Requests a certificate, proves its name, waits for it. Gives its ARN. */
export async function certificates(bench, aws) {
  const made = await aws.ok("acm:RequestCertificate", "--domain-name", "api.cli.example", "--validation-method", "DNS",
    "--subject-alternative-names", "*.api.cli.example", "--tags", "Key=team,Value=cli", "--idempotency-token", "cli1");
  const arn = made?.CertificateArn ?? "";
  const of = ["--certificate-arn", arn];
  const waiting = await until(() => aws.ok("acm:DescribeCertificate", ...of), ({ Certificate: each }) => each.DomainValidationOptions.every(({ ResourceRecord }) => ResourceRecord !== undefined));
  const proof = waiting?.Certificate.DomainValidationOptions[0]?.ResourceRecord ?? {};
  const zone = await aws.ok("route53:CreateHostedZone", "--name", "cli.example", "--caller-reference", "certificates");
  const put = { Action: "UPSERT", ResourceRecordSet: { Name: proof.Name, Type: proof.Type, TTL: 60, ResourceRecords: [{ Value: proof.Value }] } };
  await aws.refused("acm:GetCertificate", "RequestInProgressException", ...of);
  await aws.refused("acm:RenewCertificate", "RequestInProgressException", ...of);
  await aws.ok("route53:ChangeResourceRecordSets", "--hosted-zone-id", zone?.HostedZone.Id ?? "", "--change-batch", { Changes: [put] });
  await sleep(1_000); // the waiter asks at once, and then a minute later
  await aws.waits("acm", "certificate-validated", ...of);
  const issued = await aws.ok("acm:DescribeCertificate", ...of);
  bench.check("a certificate is issued, with its dates", issued?.Certificate.Status === "ISSUED" && instant(issued.Certificate.NotAfter) > instant(issued.Certificate.NotBefore), JSON.stringify(issued));

  await aws.ok("acm:AddTagsToCertificate", ...of, "--tags", "Key=more,Value=1");
  await aws.ok("acm:RemoveTagsFromCertificate", ...of, "--tags", "Key=more");
  const tags = await aws.ok("acm:ListTagsForCertificate", ...of);
  bench.check("a certificate's tags come back", JSON.stringify(tags?.Tags) === '[{"Key":"team","Value":"cli"}]', JSON.stringify(tags));
  await aws.ok("acm:UpdateCertificateOptions", ...of, "--options", "CertificateTransparencyLoggingPreference=ENABLED");
  await aws.ok("acm:PutAccountConfiguration", "--expiry-events", "DaysBeforeExpiry=20", "--idempotency-token", "cli");
  const configuration = await aws.ok("acm:GetAccountConfiguration");
  bench.check("the account's configuration is kept", configuration?.ExpiryEvents.DaysBeforeExpiry === 20, JSON.stringify(configuration));
  await listCertificates(bench, aws);
  await aws.refused("acm:DescribeCertificate", "ResourceNotFoundException", "--certificate-arn", UNKNOWN);
  await aws.refused("acm:DeleteCertificate", "InvalidArnException", "--certificate-arn", UNKNOWN.replace("certificate", "user"));
  await aws.refused("acm:RequestCertificate", "ValidationException", "--domain-name", "a.example", "--validation-method", "DNS", "--key-algorithm", "ROT13");
  return arn;
}

async function listCertificates(bench, aws) {
  const other = await aws.ok("acm:RequestCertificate", "--domain-name", "other.cli.example", "--validation-method", "DNS");
  const ec = await aws.ok("acm:RequestCertificate", "--domain-name", "ec.cli.example", "--validation-method", "DNS", "--key-algorithm", "EC_prime256v1");
  const shown = await aws.ok("acm:ListCertificates", "--page-size", "1");
  bench.check("only RSA keys are listed, page by page", shown?.CertificateSummaryList.length === 2, JSON.stringify(shown));
  const all = await aws.ok("acm:ListCertificates", "--includes", "keyTypes=RSA_2048,EC_prime256v1", "--max-items", "2");
  const rest = await aws.ok("acm:ListCertificates", "--includes", "keyTypes=RSA_2048,EC_prime256v1", "--max-items", "2", "--starting-token", all?.NextToken ?? "");
  bench.check("asked for more, all are", (all?.CertificateSummaryList.length ?? 0) + (rest?.CertificateSummaryList.length ?? 0) === 3, JSON.stringify(rest));
  for (const made of [other, ec]) await aws.ok("acm:DeleteCertificate", "--certificate-arn", made?.CertificateArn ?? "");
}

/** A REST API behind a custom domain name with this certificate, changed and taken down. */
export async function gateway(bench, aws, arn) {
  const api = await restApi(bench, aws);
  const name = ["--domain-name", "api.cli.example"];
  const regional = ["--endpoint-configuration", "types=REGIONAL", "--regional-certificate-arn"];
  await aws.refused("apigateway:CreateDomainName", "BadRequestException", ...name, ...regional, UNKNOWN);
  const made = await aws.ok("apigateway:CreateDomainName", ...name, ...regional, arn, "--security-policy", "TLS_1_2", "--tags", "team=cli");
  bench.check("a domain leads to a host of its Region", /^d-\w+\.execute-api\.us-east-1\.amazonaws\.com$/.test(made?.regionalDomainName ?? ""), JSON.stringify(made));
  await until(() => aws.ok("apigateway:GetDomainName", ...name), ({ domainNameStatus }) => domainNameStatus === "AVAILABLE");
  await aws.ok("apigateway:CreateDomainName", "--domain-name", "second.api.cli.example", ...regional, arn);
  const listed = await aws.ok("apigateway:GetDomainNames", "--page-size", "1");
  bench.check("all domains are listed, page by page", listed?.items.length === 2, JSON.stringify(listed));
  await aws.refused("acm:DeleteCertificate", "ResourceInUseException", "--certificate-arn", arn);
  await mappings(bench, aws, name, api);
  await domainTags(bench, aws);
  const patch = { op: "replace", path: "/endpointConfiguration/ipAddressType", value: "dualstack" };
  await aws.ok("apigateway:UpdateDomainName", ...name, "--patch-operations", [patch]);
  const changed = await until(() => aws.ok("apigateway:GetDomainName", ...name), ({ domainNameStatus }) => domainNameStatus === "AVAILABLE");
  bench.check("a patch is kept", changed?.endpointConfiguration.ipAddressType === "dualstack", JSON.stringify(changed));
  await aws.ok("apigateway:DeleteDomainName", ...name);
  await aws.refused("apigateway:GetDomainName", "NotFoundException", ...name);
  await aws.ok("apigateway:DeleteStage", "--rest-api-id", api, "--stage-name", "beta");
  await aws.ok("apigateway:DeleteRestApi", "--rest-api-id", api);
  await aws.refused("apigateway:GetRestApi", "NotFoundException", "--rest-api-id", api);
}

async function restApi(bench, aws) {
  const made = await aws.ok("apigateway:CreateRestApi", "--name", "cli", "--endpoint-configuration", "types=REGIONAL");
  const of = ["--rest-api-id", made?.id ?? ""];
  await aws.ok("apigateway:CreateRestApi", "--name", "second", "--endpoint-configuration", "types=REGIONAL");
  const listed = await aws.ok("apigateway:GetRestApis", "--page-size", "1");
  bench.check("all APIs are listed, page by page", listed?.items.length === 2, JSON.stringify(listed));
  await aws.ok("apigateway:GetRestApi", ...of);
  await aws.ok("apigateway:UpdateRestApi", ...of, "--patch-operations", "op=replace,path=/name,value=renamed");
  const resources = await aws.ok("apigateway:GetResources", ...of);
  bench.check("an API has its root", resources?.items[0]?.path === "/", JSON.stringify(resources));
  const deployment = await aws.ok("apigateway:CreateDeployment", ...of);
  await aws.ok("apigateway:CreateStage", ...of, "--stage-name", "beta", "--deployment-id", deployment?.id ?? "");
  const stages = await aws.ok("apigateway:GetStages", ...of);
  bench.check("stages are listed", stages?.item.length === 1, JSON.stringify(stages));
  await aws.ok("apigateway:GetStage", ...of, "--stage-name", "beta");
  return made?.id ?? "";
}

async function mappings(bench, aws, name, api) {
  await aws.ok("apigateway:CreateBasePathMapping", ...name, "--rest-api-id", api);
  await aws.ok("apigateway:CreateBasePathMapping", ...name, "--rest-api-id", api, "--base-path", "v1", "--stage", "beta");
  await aws.refused("apigateway:CreateBasePathMapping", "ConflictException", ...name, "--rest-api-id", api, "--base-path", "v1");
  const empty = await aws.ok("apigateway:GetBasePathMapping", ...name, "--base-path", "(none)");
  bench.check("the empty path is (none)", empty?.basePath === "(none)", JSON.stringify(empty));
  const patch = { op: "replace", path: "/basePath", value: "v2" };
  await aws.ok("apigateway:UpdateBasePathMapping", ...name, "--base-path", "v1", "--patch-operations", [patch]);
  const listed = await aws.ok("apigateway:GetBasePathMappings", ...name, "--page-size", "1");
  bench.check("all mappings are listed, page by page", listed?.items.length === 2, JSON.stringify(listed));
  for (const path of ["(none)", "v2"]) await aws.ok("apigateway:DeleteBasePathMapping", ...name, "--base-path", path);
  await aws.refused("apigateway:GetBasePathMapping", "NotFoundException", ...name, "--base-path", "v2");
}

async function domainTags(bench, aws) {
  const of = ["--resource-arn", "arn:aws:apigateway:us-east-1::/domainnames/api.cli.example"];
  await aws.ok("apigateway:TagResource", ...of, "--tags", "more=1,team=other");
  await aws.ok("apigateway:UntagResource", ...of, "--tag-keys", "more");
  const tags = await aws.ok("apigateway:GetTags", ...of);
  bench.check("a domain's tags come back", JSON.stringify(tags?.tags) === '{"team":"other"}', JSON.stringify(tags));
  const found = await until(() => aws.ok("tagging:GetResources", "--tag-filters", "Key=team,Values=other", "--page-size", "1"), ({ ResourceTagMappingList: list }) => list.length > 0);
  bench.check("and the domain is found by them", found?.ResourceTagMappingList[0]?.ResourceARN === of[1], JSON.stringify(found));
}
