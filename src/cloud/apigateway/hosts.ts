import type { Region } from "../call.ts";

/** The host that a REST API answers on by itself. Source: API Gateway guide "Invoke REST APIs", checked 2026-11-23. */
export const executeApiHost = (restApiId: string, region: Region): string =>
  `${restApiId}.execute-api.${region}.amazonaws.com`;
