// The library: what a program that does not want to run the command line can use.

export { readManifest } from "./manifest/read.ts";
export { manifestJsonSchema } from "./manifest/json-schema.ts";
export { atAwsPace, look, run } from "./pipeline.ts";
export type { Look, Ports } from "./pipeline.ts";
export { liveSend } from "./live/send.ts";
export { realClock } from "./live/clock.ts";
export { openLocal } from "./emulator/local.ts";
export { answersFrom } from "./cli/answers-from.ts";
export { answersText } from "./report/answers.ts";
export { planJson } from "./report/plan-json.ts";
export { planText } from "./report/plan-text.ts";
export { plainStyler } from "./report/styler.ts";
