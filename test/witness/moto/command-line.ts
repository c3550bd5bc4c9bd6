import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXIT } from "../../../src/cli/exit-code.ts";
import { readManifest } from "../../../src/manifest/read.ts";
import type { Bench } from "../bench.mjs";
import { reconcile } from "../../world/world.ts";
import { openWorld } from "./world.ts";

/**
 * The program itself, by `--endpoint-url`: what the library made of the same manifest leaves nothing to do. It plans
 * only, since its probes are real connections, and moto serves no endpoints.
 */
export async function planFromCommandLine(bench: Bench, moto: string): Promise<void> {
  const world = await openWorld(moto);
  const file = join(bench.folder, "moto.yaml");
  const env = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "us-east-1" };
  const plan = async (name: string, code: number): Promise<void> => {
    const asking = [await bench.built(), "plan", file, "--endpoint-url", world.url];
    const ended = await bench.run(process.execPath, asking, { env });
    bench.check(name, ended.code === code, `exit ${ended.code}: ${ended.stdout}${ended.stderr}`);
  };
  try {
    const text = await exampleOn(
      world.regions.map(({ mappings }) => mappings[0]?.restApi ?? ""),
      bench.root,
    );
    await writeFile(file, text);
    await plan("signalbox plan --endpoint-url: there are changes", EXIT.changes);
    const { manifest } = readManifest(text, file);
    if (manifest === undefined) throw new Error("the example is not a manifest");
    const done = await reconcile(world, manifest);
    bench.check("the example converges", done.outcome === "converged", done.outcome);
    await plan("signalbox plan --endpoint-url: nothing is left to do", EXIT.ok);
  } finally {
    await world.close();
  }
}

/** The example manifest, on REST APIs that are there. */
async function exampleOn(restApis: readonly string[], root: string): Promise<string> {
  let text = await readFile(join(root, "manifests/multi-region-api.yaml"), "utf8");
  for (const restApi of restApis) text = text.replace(/restApi: \w{6}xxxx\b/, `restApi: ${restApi}`);
  return text;
}
