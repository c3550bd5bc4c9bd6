// The product against moto, an imitation of AWS that others wrote: another opinion on what each call does.
import { register } from "tsx/esm/api";

export const needs = ["moto"];

/** @param {import("../bench.mjs").Bench} bench */
export async function run(bench) {
  register();
  const { tellAll } = await import("./story.ts");
  await tellAll(bench);
}
