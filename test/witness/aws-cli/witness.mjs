// The AWS CLI against an embedded AWS: lanes that do not touch one another run at the same time, each as its own account.
import { certificates, gateway } from "./certificates-and-domains.mjs";
import { awsCli, refusalCode } from "./cli.mjs";
import { account, healthChecks, records, zones } from "./route53.mjs";

export const needs = ["aws-cli"];

const FAST = 600;

export async function run(bench) {
  const server = await bench.local({ speed: FAST });
  const client = { url: server.url, refusal: await refusalCode(bench) };
  const cli = (number) => awsCli(bench, client, number);
  const lanes = [
    async () => gateway(bench, cli("200000000001"), await certificates(bench, cli("200000000001"))),
    async () => records(bench, cli("200000000002"), await zones(bench, cli("200000000002"))),
    async () => account(bench, cli("200000000003"), await healthChecks(bench, cli("200000000003"))),
  ];
  await Promise.all(lanes.map((lane) => lane()));
  await bench.checkCoverage("aws-cli");
  await server.stop();
}
