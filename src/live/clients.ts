import type { AccountId, Call, Region, Service } from "../cloud/call.ts";
import { SIGNED_AT_HEADER } from "../cloud/signature.ts";
import type { Credentials } from "./assumed-role.ts";
import { datedSigner } from "./dated-signer.ts";
import type { SignerConfig } from "./dated-signer.ts";

type AwsService = Exclude<Service, "probe">;

export interface ClientOptions {
  /** Another endpoint for every service, as `--endpoint-url` gives it. */
  readonly endpoint?: string;
  /** A profile of the AWS configuration files, as `--profile` gives it. */
  readonly profile?: string;
  /** Takes the place of the network: an SDK `requestHandler`. */
  readonly requestHandler?: object;
  /** Left out: the SDK's default chain, which is the same for all accounts that no role leads to. */
  readonly credentials?: (account: AccountId) => Credentials;
}

/** What all SDK clients have in common. A response's headers are seen by a middleware of the command. */
interface AwsClient {
  send(command: AwsCommand): Promise<unknown>;
}

export interface AwsCommand {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: "deserialize" | "build"; priority: "low" }): void;
  };
}

type Middleware = (
  next: (args: unknown) => Promise<{ response: unknown }>,
) => (args: unknown) => Promise<{ response: unknown }>;

/** The SDK's request, before it is signed. */
interface Unsigned {
  readonly request: { headers: Record<string, string> };
}
type SdkModule = Readonly<Record<string, unknown>>;

const CLIENTS: Readonly<Record<AwsService, { readonly client: string; readonly load: () => Promise<object> }>> = {
  route53: { client: "Route53Client", load: () => import("@aws-sdk/client-route-53") },
  acm: { client: "ACMClient", load: () => import("@aws-sdk/client-acm") },
  apigateway: { client: "APIGatewayClient", load: () => import("@aws-sdk/client-api-gateway") },
  elbv2: {
    client: "ElasticLoadBalancingV2Client",
    load: () => import("@aws-sdk/client-elastic-load-balancing-v2"),
  },
  tagging: {
    client: "ResourceGroupsTaggingAPIClient",
    load: () => import("@aws-sdk/client-resource-groups-tagging-api"),
  },
  cloudfront: { client: "CloudFrontClient", load: () => import("@aws-sdk/client-cloudfront") },
  sts: { client: "STSClient", load: () => import("@aws-sdk/client-sts") },
};

/** A request that AWS has taken in but not answered for this long counts as lost. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };
/** Route 53 and CloudFront are one service for all Regions, with their endpoint and their signature in this one. */
const GLOBAL_REGION: Region = "us-east-1";

/** SDK clients, made when they are first needed and kept: one for each service, Region and account. */
export interface Clients {
  /**
   * The client that a call goes through, and the SDK command of the operation's name with the call's input. `session`:
   * credentials of a role, in place of all others.
   */
  prepare(call: Call, session?: Credentials): Promise<{ readonly client: AwsClient; readonly command: AwsCommand }>;
}

export function awsClients(options: ClientOptions): Clients {
  const clients = new Map<string, { readonly client: AwsClient; readonly session: Credentials | undefined }>();
  return {
    async prepare(call, session) {
      if (call.service === "probe") throw new Error("a probe is not a call to AWS");
      const { client: className, load } = CLIENTS[call.service];
      process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
      const sdk = (await load()) as SdkModule;
      const region = call.service === "route53" || call.service === "cloudfront" ? GLOBAL_REGION : call.region;
      const own = options.credentials !== undefined || session !== undefined;
      const key = `${call.service} ${region} ${own ? call.account : ""}`;
      const known = clients.get(key);
      if (known !== undefined && known.session === session)
        return { client: known.client, command: newCommand(sdk, call) };
      const client = newClient(sdk[className], configFor(options, region, call.account, session), isElsewhere(options));
      clients.set(key, { client, session }); // the client of a session that has ended is not used again
      return { client, command: newCommand(sdk, call) };
    },
  };
}

/** The other end may be an AWS with a clock of its own. */
const isElsewhere = ({ endpoint, requestHandler }: ClientOptions): boolean =>
  endpoint !== undefined || requestHandler !== undefined;

function configFor(
  options: ClientOptions,
  region: Region,
  account: AccountId,
  session: Credentials | undefined,
): object {
  const credentials = session ?? options.credentials?.(account);
  return {
    region,
    // Retries are ours to decide: the SDK would spend them on hard quotas too.
    retryMode: "standard",
    maxAttempts: 1,
    requestHandler: options.requestHandler ?? TIMEOUTS,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}

function newClient(Client: unknown, config: object, told: boolean): AwsClient {
  const client = new (Client as new (config: object) => AwsClient & { readonly config: SignerConfig })(config);
  datedSigner(client.config, told);
  return client;
}

function newCommand(sdk: SdkModule, call: Call): AwsCommand {
  const Command = sdk[`${call.operation}Command`];
  if (typeof Command !== "function") throw new Error(`the SDK has no operation ${call.service}:${call.operation}`);
  const command = new (Command as new (input: unknown) => AwsCommand)(call.input);
  const { signedAt } = call;
  if (signedAt !== undefined)
    command.middlewareStack.add(
      (next) => (args) => {
        (args as Unsigned).request.headers[SIGNED_AT_HEADER] = String(signedAt);
        return next(args);
      },
      { step: "build", priority: "low" },
    );
  return command;
}
