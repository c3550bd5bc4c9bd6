// boto3 in its own words: Python suites against embedded AWSs of several speeds.
import { join } from "node:path";

export const needs = ["boto3"];

/** An hour of the embedded AWS lasts six seconds. */
const FAST = 600;

export async function run(bench) {
  const servers = await Promise.all([
    bench.local({ speed: FAST }),
    bench.local(),
    bench.local({ throttle: true }),
  ]);
  const [fast, real, throttled] = servers.map(({ url }) => url);
  const script = join(bench.root, "test/witness/boto3/main.py");
  await bench.script("boto3", "python3", [script, JSON.stringify({ fast, real, throttled })]);
  await bench.checkCoverage("boto3");
  await Promise.all(servers.map((server) => server.stop()));
}
