import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesByNameCommand,
  Route53Client,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";
import { setTimeout as sleep } from "node:timers/promises";

/** What the Terraform configuration reads as data sources in each Region. */
const BALANCER = "web";
const DOMAIN = "balancer.example.com";
/** Of the wait for a certificate: it comes within a second of the embedded AWS's fast clock. */
const ATTEMPTS = 100;
const PAUSE_MS = 100;

interface Options {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A load balancer with an HTTPS listener and a target in each Region, as somebody else's program would have made them. */
export async function putBalancers(optionsIn: (region: string) => Options, regions: readonly string[]): Promise<void> {
  for (const region of regions) {
    const options = optionsIn(region);
    const certificate = await certificateFor(options);
    const elb = new ElasticLoadBalancingV2Client(options);
    const { LoadBalancers: [balancer] = [] } = await elb.send(
      new CreateLoadBalancerCommand({ Name: BALANCER, Subnets: ["subnet-a", "subnet-b"] }),
    );
    const { TargetGroups: [group] = [] } = await elb.send(
      new CreateTargetGroupCommand({
        Name: BALANCER,
        Protocol: "HTTP",
        Port: 80,
        VpcId: balancer?.VpcId,
        TargetType: "ip",
      }),
    );
    const TargetGroupArn = group?.TargetGroupArn;
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: "192.0.2.1" }] }));
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer?.LoadBalancerArn,
        Protocol: "HTTPS",
        Port: 443,
        Certificates: [{ CertificateArn: certificate }],
        DefaultActions: [{ Type: "forward", TargetGroupArn }],
      }),
    );
  }
}

/** One that is proved and issued. */
async function certificateFor(options: Options): Promise<string> {
  const acm = new ACMClient(options);
  const { CertificateArn = "" } = await acm.send(
    new RequestCertificateCommand({ DomainName: DOMAIN, ValidationMethod: "DNS" }),
  );
  let proved = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    if (Certificate?.Status === "ISSUED") return CertificateArn;
    const record = Certificate?.DomainValidationOptions?.[0]?.ResourceRecord;
    if (record !== undefined && !proved) {
      const ResourceRecords = [{ Value: record.Value ?? "" }];
      await put(options, { Name: record.Name, Type: record.Type, TTL: 60, ResourceRecords });
      proved = true;
    }
    await sleep(PAUSE_MS);
  }
  throw new Error(`${CertificateArn} was not issued`);
}

async function put(options: Options, record: ResourceRecordSet): Promise<void> {
  const route53 = new Route53Client({ ...options, region: "us-east-1" });
  const { HostedZones: [zone] = [] } = await route53.send(new ListHostedZonesByNameCommand({ DNSName: "example.com" }));
  const Changes = [{ Action: "UPSERT" as const, ResourceRecordSet: record }];
  await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone?.Id, ChangeBatch: { Changes } }));
}

/** The load balancers of a Region with the number of certificates that their listeners have. */
export async function balancersIn(options: Options): Promise<unknown> {
  const elb = new ElasticLoadBalancingV2Client(options);
  const { LoadBalancers: balancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  return Promise.all(
    balancers.map(async (balancer) => [balancer.LoadBalancerName, await certificatesOf(elb, balancer)]),
  );
}

async function certificatesOf(elb: ElasticLoadBalancingV2Client, { LoadBalancerArn }: LoadBalancer): Promise<number> {
  const { Listeners: listeners = [] } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
  const lists = await Promise.all(
    listeners.map(({ ListenerArn }) => elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }))),
  );
  return lists.reduce((sum, { Certificates = [] }) => sum + Certificates.length, 0);
}
