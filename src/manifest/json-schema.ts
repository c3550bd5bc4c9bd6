import * as z from "zod";
import { manifestSchema } from "./schema.ts";

/** The JSON Schema (draft 2020-12) that editors complete and check manifests with; what `signalbox schema` prints. */
export function manifestJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(manifestSchema, { target: "draft-2020-12", io: "input" });
  return {
    $schema,
    $id: "urn:signalbox:manifest:1",
    title: "Signalbox manifest, version 1",
    ...rest,
  };
}
