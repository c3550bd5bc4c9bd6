// boto3 in its own words: Python suites against embedded AWSs of several speeds.
export const needs = ["boto3"];

/** An hour of the embedded AWS lasts six seconds. */
const FAST = 600;
/** A year lasts a quarter of a minute. */
const YEARS = 2_000_000;

/** @param {import("../bench.mjs").Bench} bench */
export async function run(bench) {
  const servers = await Promise.all([
    bench.local({ speed: FAST }),
    bench.local(),
    bench.local({ throttle: true }),
    bench.local({ speed: YEARS }),
  ]);
  const [fast, real, throttled, years] = servers.map(({ url }) => url);
  await bench.python("test/witness/boto3/main.py", JSON.stringify({ fast, real, throttled, years }));
  await bench.checkCoverage("boto3");
  await Promise.all(servers.map((server) => server.stop()));
}
