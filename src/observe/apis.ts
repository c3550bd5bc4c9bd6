import type { Call } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { regionOf } from "../cloud/edit.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display } from "../dns/domain-name.ts";
import type { ApiRegion, ApiSection, Manifest } from "../manifest/manifest.ts";
import { forgiven } from "./read.ts";
import type { Reader } from "./read.ts";

/** Looks at the REST APIs of mappings that are still to be made. An unchanged estate costs nothing here. */
export async function observeApis(manifest: Manifest, account: string, from: Reader): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const { api, region, mapping } of mappingsOf(manifest)) {
    const key = `${region.region} ${mapping.restApi} ${mapping.stage}`;
    if (seen.has(key) || stands({ api, region, mapping }, account, from.cloud())) continue;
    seen.add(key);
    diagnostics.push(...(await lookAt(manifest, api, region, mapping, account, from)));
  }
  return diagnostics;
}

interface WantedMapping {
  readonly api: ApiSection;
  readonly region: ApiRegion;
  readonly mapping: ApiRegion["mappings"][number];
}

const mappingsOf = ({ apis }: Manifest): readonly WantedMapping[] =>
  apis.flatMap((api) => api.regions.flatMap((region) => region.mappings.map((mapping) => ({ api, region, mapping }))));

function stands({ api, region, mapping }: WantedMapping, account: string, cloud: Cloud): boolean {
  const live = regionOf(cloud, account, region.region).domains.get(api.name)?.mappings?.get(mapping.basePath);
  return live?.restApiId === mapping.restApi && live.stage === mapping.stage;
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
