import type { Call } from "../cloud/call.ts";
import { regionOf } from "../cloud/edit.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { ApiRegion, ApiSection, Manifest } from "../manifest/manifest.ts";
import { forgiven } from "./read.ts";
import type { Reader } from "./read.ts";

/** Looks at a REST API only where a mapping to it is still to be made: an unchanged estate costs nothing here. */
export async function observeApis(manifest: Manifest, account: string, from: Reader): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const api of manifest.apis) {
    for (const region of api.regions) {
      const live = regionOf(from.cloud(), account, region.region).domains.get(api.name)?.mappings;
      for (const mapping of region.mappings) {
        const stands = live?.get(mapping.basePath);
        const key = `${region.region} ${mapping.restApi} ${mapping.stage}`;
        if ((stands?.restApiId === mapping.restApi && stands.stage === mapping.stage) || seen.has(key)) continue;
        seen.add(key);
        diagnostics.push(...(await lookAt(manifest, api, region, mapping, account, from)));
      }
    }
  }
  return diagnostics;
}

async function lookAt(
  manifest: Manifest,
  api: ApiSection,
  region: ApiRegion,
  mapping: ApiRegion["mappings"][number],
  account: string,
  from: Reader,
): Promise<readonly Diagnostic[]> {
  const gateway = (operation: string): Call => ({
    account,
    region: region.region,
    service: "apigateway",
    operation,
    input: { restApiId: mapping.restApi },
  });
  const faultsBefore = from.faults.length;
  if ((await from.read(gateway("GetRestApi"))) === undefined)
    return forgiven(from, faultsBefore)
      ? [missing(manifest, api, region, "API_NOT_FOUND", `${region.region} has no REST API ${mapping.restApi}.`)]
      : [];
  await from.read(gateway("GetStages"));
  const stages = regionOf(from.cloud(), account, region.region).restApis?.get(mapping.restApi)?.stages;
  if (stages === undefined || stages.includes(mapping.stage)) return [];
  return [
    missing(
      manifest,
      api,
      region,
      "STAGE_NOT_FOUND",
      `The REST API ${mapping.restApi} in ${region.region} has no stage ${mapping.stage}; it has ${stages.join(", ") || "none"}.`,
    ),
  ];
}

function missing(manifest: Manifest, api: ApiSection, region: ApiRegion, code: string, message: string): Diagnostic {
  const where = manifest.positions.get(`apis/${api.name}/regions/${region.region}`);
  const help = `Deploy the API there first; ${display(api.name)} cannot be mapped to what does not exist.`;
  return { code, severity: "error", message, help, ...(where === undefined ? {} : { where }) };
}
