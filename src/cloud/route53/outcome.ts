import type { Fault, Outcome } from "../call.ts";
import type { Cloud } from "../cloud.ts";

export const done = (cloud: Cloud, output: unknown): Outcome => ({ ok: true, cloud, output });

export const refused = (fault: Fault): Outcome => ({ ok: false, fault });
