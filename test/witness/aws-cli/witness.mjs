// The AWS CLI against an embedded AWS, driven from Python.
export const needs = ["python3", "aws-cli"];

/** An hour of the embedded AWS lasts six seconds. */
const FAST = 600;

/** @param {import("../bench.mjs").Bench} bench */
export async function run(bench) {
  const server = await bench.local({ speed: FAST });
  await bench.python("test/witness/aws-cli/main.py", server.url);
  await bench.checkCoverage("aws-cli");
  await server.stop();
}
