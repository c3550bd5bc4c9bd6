import type { Outcome, Step } from "../call.ts";
import type { RestApi } from "../cloud.ts";
import { notEmulated, succeeded } from "../outcome.ts";
import { badRequest, conflict, notFound } from "./faults.ts";
import { findApi, withApi } from "./rest-api.ts";
import { mappedDomains, unmodelledOption } from "./rest-api-changes.ts";

interface StageInput {
  readonly stageName?: string;
  readonly deploymentId?: string;
}

const stageOutput = ({ stageDeployments = {} }: RestApi, stageName: string): unknown => ({
  ...(Object.hasOwn(stageDeployments, stageName) ? { deploymentId: stageDeployments[stageName] } : {}),
  stageName,
});

/** Not paged, and the list is named in the singular. Source: API Gateway API reference "GetStages", checked 2026-11-23. */
export const getStages: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const { deploymentId } = call.input as StageInput;
  const { stages = [], stageDeployments = {} } = sought.found;
  const listed = stages.filter((name) => deploymentId === undefined || stageDeployments[name] === deploymentId);
  return succeeded(cloud, { item: listed.map((name) => stageOutput(sought.found, name)) });
};

export const getStage: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const { stageName = "" } = call.input as StageInput;
  return sought.found.stages?.includes(stageName)
    ? succeeded(cloud, stageOutput(sought.found, stageName))
    : notFound("stage");
};

/**
 * A deployment, and with `stageName` the stage that shows it: an existing stage is moved to it.
 * Source: API Gateway API reference "CreateDeployment", checked 2026-11-23.
 */
// Assumed: methods are not modelled, so an API is deployed whether it has any or not (AWS refuses one without methods).
export const createDeployment: Step = (cloud, call, ids) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const unmodelled = unmodelledOption(call.input, ["restApiId", "stageName"]);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const { stageName } = call.input as StageInput;
  const fault = stageName === undefined ? undefined : nameFault(stageName);
  if (fault !== undefined) return fault;
  const id = ids("deployment");
  const deployed = { ...sought.found, deployments: [...(sought.found.deployments ?? []), id] };
  const api = stageName === undefined ? deployed : withStage(deployed, stageName, id);
  return succeeded(withApi(cloud, call, api), { id, createdDate: cloud.now });
};

/** Source: API Gateway API reference "CreateStage", checked 2026-11-23. */
export const createStage: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const unmodelled = unmodelledOption(call.input, ["restApiId", "stageName", "deploymentId"]);
  if (unmodelled !== undefined) return notEmulated(call, unmodelled);
  const { stageName = "", deploymentId = "" } = call.input as StageInput;
  const fault = nameFault(stageName);
  if (fault !== undefined) return fault;
  // Assumed: the code and the wording.
  if (!sought.found.deployments?.includes(deploymentId)) return notFound("Deployment");
  if (sought.found.stages?.includes(stageName)) return conflict("Stage already exists");
  const api = withStage(sought.found, stageName, deploymentId);
  return succeeded(withApi(cloud, call, api), stageOutput(api, stageName));
};

/** Not while a mapping leads to it; that is refused as it is for a whole API (see `deleteRestApi`). */
// Assumed: that it is refused, and the wording.
export const deleteStage: Step = (cloud, call) => {
  const sought = findApi(cloud, call);
  if ("no" in sought) return sought.no;
  const { stageName = "" } = call.input as StageInput;
  const { id, stages = [], stageDeployments = {} } = sought.found;
  if (!stages.includes(stageName)) return notFound("stage");
  const mapped = mappedDomains(cloud, call, id, stageName);
  if (mapped.length > 0)
    return badRequest(
      `Please remove all base path mappings related to the stage in your domains: ${mapped.join(", ")}`,
    );
  const { [stageName]: _gone, ...kept } = stageDeployments;
  const api = { ...sought.found, stages: stages.filter((name) => name !== stageName), stageDeployments: kept };
  return succeeded(withApi(cloud, call, api));
};

/** Source: API Gateway API reference "CreateStage" (stageName), checked 2026-11-23. */
function nameFault(stageName: string): Outcome | undefined {
  if (/^[A-Za-z0-9_-]{1,128}$/.test(stageName)) return undefined;
  return badRequest("Stage name only allows a-zA-Z0-9_-, and at most 128 of them");
}

function withStage(api: RestApi, stageName: string, deploymentId: string): RestApi {
  const stages = api.stages ?? [];
  return {
    ...api,
    stages: stages.includes(stageName) ? stages : [...stages, stageName],
    stageDeployments: { ...api.stageDeployments, [stageName]: deploymentId },
  };
}
