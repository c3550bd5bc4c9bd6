import type { Step } from "../call.ts";
import {
  createBasePathMapping,
  deleteBasePathMapping,
  getBasePathMapping,
  getBasePathMappings,
  updateBasePathMapping,
} from "./base-path-mapping.ts";
import { createDomainName, deleteDomainName, getDomainName, getDomainNames } from "./domain-name.ts";
import { createRestApi, deleteRestApi, updateRestApi } from "./rest-api-changes.ts";
import { getResources, getRestApi, getRestApis } from "./rest-api.ts";
import { createDeployment, createStage, deleteStage, getStage, getStages } from "./stage.ts";
import { getTags, tagResource, untagResource } from "./tags.ts";
import { updateDomainName } from "./update-domain-name.ts";

/** API Gateway (REST APIs, version 1): its modelled operations. */
export const API_GATEWAY: Readonly<Record<string, Step>> = {
  CreateDomainName: createDomainName,
  GetDomainName: getDomainName,
  GetDomainNames: getDomainNames,
  UpdateDomainName: updateDomainName,
  DeleteDomainName: deleteDomainName,
  CreateBasePathMapping: createBasePathMapping,
  GetBasePathMapping: getBasePathMapping,
  GetBasePathMappings: getBasePathMappings,
  UpdateBasePathMapping: updateBasePathMapping,
  DeleteBasePathMapping: deleteBasePathMapping,
  CreateRestApi: createRestApi,
  GetRestApi: getRestApi,
  GetRestApis: getRestApis,
  UpdateRestApi: updateRestApi,
  DeleteRestApi: deleteRestApi,
  GetResources: getResources,
  CreateDeployment: createDeployment,
  CreateStage: createStage,
  DeleteStage: deleteStage,
  GetStage: getStage,
  GetStages: getStages,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetTags: getTags,
};
