import type { ScalarShape } from "./service-model.ts";
import { MalformedBody } from "./wire.ts";

/** A scalar from XML, a query or a header. Neutral values: instants are epoch milliseconds, blobs are bytes. */
export function scalarFromText(shape: ScalarShape, text: string): string | number | boolean | Uint8Array {
  switch (shape.type) {
    case "string":
      return text;
    case "number":
      return numberFrom(text);
    case "boolean":
      return booleanFrom(text);
    case "timestamp":
      return instantFrom(text);
    case "blob":
      return Buffer.from(text, "base64");
  }
}

/** A scalar for XML, a query or a header. */
export function scalarToText(shape: ScalarShape, value: unknown): string {
  if (shape.type === "timestamp") return new Date(Number(value)).toISOString().replace(".000Z", "Z");
  if (shape.type === "blob") return toBase64(value);
  return String(value);
}

/** Instants in JSON may be fractions of a second; the SDKs of some languages write them as text. */
export function instantFrom(value: string | number): number {
  const seconds =
    typeof value === "number" ? value : /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value) ? Number(value) : undefined;
  const instant = seconds === undefined ? Date.parse(String(value)) : Math.round(seconds * 1000);
  if (Number.isNaN(instant)) throw new MalformedBody(`${value} is not a timestamp`);
  return instant;
}

export function toBase64(value: unknown): string {
  if (!(value instanceof Uint8Array)) throw new Error("a blob is not a Uint8Array");
  return Buffer.from(value).toString("base64");
}

function numberFrom(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new MalformedBody(`${text} can not be converted to a number`);
  return value;
}

// boto3 writes True and False in queries.
function booleanFrom(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== "true" && lower !== "false") throw new MalformedBody(`${text} can not be converted to a Boolean`);
  return lower === "true";
}
