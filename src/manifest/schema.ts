import * as z from "zod";
import { REQUESTABLE_KEY_ALGORITHMS } from "../cloud/acm/limits.ts";
import { ENHANCED_POLICIES, LEGACY_POLICIES } from "../cloud/apigateway/security-policy.ts";

// The shape of a manifest, every key of it: also of sections that are not built yet, so that editors complete them and
// `not-built.ts` can refuse them by name. What one value may be stands here; what ties several together, in check.ts.
// A pattern's message completes the sentence "`key` …".

const region = z.string().meta({ description: "An AWS Region's code.", examples: ["us-east-1"] });
const domain = z.string().meta({ description: "A domain name.", examples: ["shop.example.com"] });
const arn = z
  .string()
  .regex(/^arn:[a-z-]+:/, "must be an ARN, such as `arn:aws:acm:us-east-1:111122223333:certificate/…`");
const accountId = z.string().regex(/^[0-9]{12}$/, "must be the twelve digits of an AWS account, in quotes");
const label = z.string();
/** STS API Reference, AssumeRole; checked 2026-11-23. */
const externalId = z
  .string()
  .regex(/^[\w+=,.@:/-]{2,1224}$/, "must be 2 to 1,224 letters, digits and characters of `_ + = , . @ : / -`");

const accounts = z
  .record(
    label,
    z.strictObject({
      id: accountId,
      roleArn: arn
        .optional()
        .describe("The role to assume in that account. Without it the ambient credentials must be of that account."),
      externalId: externalId.optional().describe("What the role's trust policy asks for as `sts:ExternalId`."),
    }),
  )
  .describe(
    "Accounts that hold hosted zones, by a label of yours. Without it everything is in the account of the ambient credentials.",
  );

const quotas = z
  .record(label, z.record(z.string(), z.int().min(1)))
  .describe(
    "Raised quotas, by a label of `accounts` or `default`, the ambient account; then by quota, such as `route53.healthChecks`.",
  );

const caa = z.strictObject({
  issue: z.array(z.string()).optional().describe("Authorities that may issue certificates."),
  issuewild: z.array(z.string()).optional().describe("Authorities that may issue wildcard certificates."),
  iodef: z.string().optional().describe("Where to report violations."),
});

const zone = z.strictObject({
  id: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, "must be a hosted zone's id, such as `Z1D633PJN98FT9`")
    .optional()
    .describe("Pins one of two public hosted zones of the same name."),
  account: label.optional().describe("The account that holds the zone, by its key under `accounts`."),
  create: z.boolean().optional().describe("Create the hosted zone when it does not exist."),
  delegateFrom: domain.optional().describe("The parent zone that the delegation is written to."),
  caa: caa.optional().describe("CAA records at the zone's apex."),
});

const keyAlgorithm = z.enum(REQUESTABLE_KEY_ALGORITHMS);

const certificate = z.strictObject({
  domains: z
    .array(domain)
    .min(1)
    .optional()
    .describe("The names it covers; the first is the primary name. `*.` stands for one label."),
  keyAlgorithms: z
    .array(keyAlgorithm)
    .min(1)
    .optional()
    .describe("One certificate is made for each; who binds only one takes the first. Default: RSA_2048."),
  transparencyLogging: z
    .boolean()
    .optional()
    .describe("false keeps it out of the public logs; browsers then refuse it. Default: true."),
  authority: z.record(region, arn).optional().describe("Private certificate authorities by Region."),
  arn: z.record(region, arn).optional().describe("Imported or shared certificates by Region: used, never changed."),
  previousName: label
    .optional()
    .describe("The key that it had until now: the certificates that stand are taken over, not made anew."),
});

const securityPolicy = z.enum([...LEGACY_POLICIES, ...ENHANCED_POLICIES]);

/** Limits: Route 53 API Reference, HealthCheckConfig; checked 2026-11-23. */
const healthCheck = z.strictObject({
  host: z.string().describe("`api`: each Region's REST API's own host. `regional`: its regional host. Or a host name."),
  path: z
    .string()
    .max(255)
    .regex(/^\/[\x21-\x7e]*$/, "must start with `/` and hold no blanks")
    .describe("What the checkers ask for. With `host: api` it starts with the stage."),
  searchString: z.string().min(1).max(255).optional().describe("Must occur in the first 5,120 bytes of the body."),
  intervalSeconds: z.literal([10, 30]).optional().describe("Between two requests of one checker. Default: 30."),
  failureThreshold: z.int().min(1).max(10).optional().describe("Failures in a row that make it unhealthy. Default: 3."),
  gate: z
    .literal([true, false, "own"])
    .optional()
    .describe(
      "The calculated health check over it, which a drill turns: true (shared by names of one endpoint), own, or false. Default: true.",
    ),
});

/** REST API id and stage name: API Gateway API Reference, RestApi and Stage; checked 2026-11-23. */
const restApi = z
  .string()
  .regex(/^[a-z0-9]{1,64}$/, "must be a REST API's id, such as `2wkt1cxxxx`")
  .describe("The id of a REST API in this Region.");
const stage = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, "must be a stage's name: letters, digits, `-` and `_`")
  .describe("A deployed stage of the REST API.");

const apiRegion = z.strictObject({
  restApi: restApi.optional(),
  stage: stage.optional(),
  basePath: z
    .string()
    .optional()
    .describe("The path under the name that is mapped to the stage. Default: `(none)`, the empty path."),
  mappings: z
    .record(z.string(), z.strictObject({ restApi, stage }))
    .optional()
    .describe("Several mappings, by base path; `(none)` is the empty path."),
  weight: z.int().min(0).max(255).optional().describe("With `routing: weighted`."),
  role: z.enum(["primary", "secondary"]).optional().describe("With `routing: failover`."),
});

/** A day: deletions wait for twice as long. Route 53 takes more. */
const TTL_MAX = 86_400;

const api = z.strictObject({
  certificate: label.optional().describe("A key of `certificates`. May be left out when exactly one covers the name."),
  previousName: domain
    .optional()
    .describe("The name that this one takes over from: it is retired, after this one answers everywhere."),
  securityPolicy: securityPolicy.optional().describe("Default: TLS_1_2."),
  endpointAccessMode: z.enum(["BASIC", "STRICT"]).optional().describe("Needed with a SecurityPolicy_… policy."),
  ipAddressType: z.enum(["ipv4", "dualstack"]).optional().describe("Default: ipv4."),
  routing: z.enum(["latency", "weighted", "failover", "simple"]).optional().describe("Default: latency."),
  record: z.enum(["alias", "cname"]).optional().describe("Default: alias."),
  ttl: z
    .int()
    .min(0)
    .max(TTL_MAX)
    .optional()
    .describe("Seconds, with `record: cname`. What it led to is deleted after twice as long. Default: 60."),
  evaluateTargetHealth: z.boolean().optional().describe("Default: false."),
  regionalHosts: z.string().optional().describe("A second name for each Region; `{region}` stands for its code."),
  healthCheck: healthCheck.optional().describe("Takes a Region out of the answers while it is unhealthy."),
  regions: z.record(region, apiRegion).describe("The Regions that answer for the name."),
});

const loadBalancer = z.strictObject({
  certificates: z.array(label).min(1).describe("Bound to the listener; clients choose by SNI."),
  default: label.optional().describe("The listener's default certificate. Left alone without it."),
  names: z.array(domain).optional().describe("Latency records to the load balancers."),
  healthCheck: healthCheck.optional(),
  regions: z.record(
    region,
    z.strictObject({
      loadBalancer: z.string().optional().describe("Its name."),
      listener: arn.optional().describe("Its listener's ARN, in place of name and port."),
      port: z.int().min(1).max(65_535).optional().describe("Default: 443."),
    }),
  ),
});

const site = z.strictObject({
  distribution: z.string().describe("The id of a CloudFront distribution. Only the parts named here are managed."),
  certificate: label.optional(),
  functions: z.record(z.string(), z.string()).optional().describe("A file of edge-functions/ or a path, by event."),
  runtime: z.enum(["cloudfront-function", "lambda-edge"]).optional().describe("Default: cloudfront-function."),
  role: arn.optional().describe("The execution role for lambda-edge."),
});

const failover = z.strictObject({
  objectiveSeconds: z.int().min(1).optional(),
  minimumHealthyRegions: z.int().min(1).optional(),
  mechanism: z.enum(["gate", "metric"]).optional(),
  restoreRole: arn.optional(),
  scheduleRegion: region.optional(),
});

const percent = z.int().min(0).max(100);
const limits = z.strictObject({
  deletePercent: percent.optional().describe("Of a zone's records of ours, in one run. Default: 30."),
  updatePercent: percent.optional().describe("Of a zone's records of ours, in one run. Default: 30."),
  deleteMax: z.int().min(0).optional().describe("Deletions in one run. Default: 10."),
  regionsRemovedPerRun: z.int().min(0).optional().describe("Default: 1."),
});

const ignored = z.strictObject({
  address: z.string(),
  field: z.string(),
  reason: z.string().min(1),
  owner: z.string().min(1),
  until: z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, "must be a date, such as `2027-01-31`"),
});

/** A manifest's file, version 1. */
export const manifestSchema = z.strictObject({
  version: z.literal(1).describe("The version of this format."),
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,24}$/, "must be 1 to 24 characters of a-z, 0-9 and `-`")
    .describe("The ownership scope: part of tags, markers and set identifiers."),
  scopeId: z
    .string()
    .regex(/^[a-z0-9]{6,12}$/, "must be six to twelve characters of a-z and 0-9")
    .describe("Written by `signalbox init`; tells two manifests of one name apart."),
  account: accountId.optional().describe("Checked with GetCallerIdentity before anything else."),
  tags: z.record(z.string(), z.string()).optional().describe("On everything that can carry tags."),
  accounts: accounts.optional(),
  quotas: quotas.optional(),
  zones: z
    .record(domain, zone.nullable())
    .optional()
    .describe("Hosted zones this manifest may write to; a name belongs to the longest that matches."),
  certificates: z
    .record(label, certificate)
    .optional()
    .describe("DNS-validated certificates, requested only where something binds them."),
  apis: z.record(domain, api).optional().describe("Regional API Gateway custom domains behind one name."),
  loadBalancers: z.record(label, loadBalancer).optional().describe("Certificates on HTTPS listeners."),
  sites: z.record(domain, site).optional().describe("CloudFront distributions in front of S3."),
  failover: failover.optional().describe("What drills are measured against."),
  drain: z
    .strictObject({
      minimumSeconds: z
        .int()
        .min(900)
        .max(604_800)
        .optional()
        .describe("Deletions wait for twice the TTL that was live, and at least this long. Default: 900."),
    })
    .optional(),
  limits: limits.optional().describe("How much one run may change."),
  retire: z.array(domain).optional().describe("Names to take out of service: the only way to do so."),
  ignore: z.array(ignored).optional().describe("Accepted drift: exact, owned, and with an end."),
});
