// Terraform's AWS provider, which others wrote for the real AWS, makes, changes and destroys on the embedded AWS what Signalbox makes.
import { register } from "tsx/esm/api";

export const needs = ["terraform"];

/** @param {import("../bench.mjs").Bench} bench */
export async function run(bench) {
  register();
  const { tellAll } = await import("./story.ts");
  await tellAll(bench);
}
