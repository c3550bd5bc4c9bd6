import type { Cloud } from "./cloud.ts";
import { Table } from "./table.ts";

/** What JSON cannot say is said by an object with this key. */
const MARK = "$";

const VERSION = 2;

/** The Cloud as a value that survives JSON: tables, undefined, Infinity and bytes included. */
export function encodeCloud(cloud: Cloud): unknown {
  return { version: VERSION, cloud: encode(cloud) };
}

/** The Cloud again. Throws on what `encodeCloud` did not write, and on a version of another program. */
export function decodeCloud(json: unknown): Cloud {
  if (!isObject(json) || json["version"] !== VERSION) {
    throw new Error(`not a Cloud of version ${VERSION}`);
  }
  const cloud = decode(json["cloud"]);
  if (!isObject(cloud) || typeof cloud["now"] !== "number" || !(cloud["accounts"] instanceof Table)) {
    throw new Error("not a Cloud");
  }
  return cloud as unknown as Cloud;
}

type Marked = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Marked => typeof value === "object" && value !== null;

function encode(value: unknown): unknown {
  if (value === undefined) return { [MARK]: "undefined" };
  if (typeof value === "number" && !Number.isFinite(value)) return { [MARK]: "number", value: String(value) };
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Table) return { [MARK]: "table", entries: encodeEntries((value as Table<unknown>).entries()) };
  if (value instanceof Uint8Array) return { [MARK]: "bytes", value: Buffer.from(value).toString("base64") };
  const entries = encodeEntries(Object.entries(value));
  // An object that has the mark as a key of its own is written out, so that it cannot be mistaken.
  return MARK in value ? { [MARK]: "object", entries } : Object.fromEntries(entries);
}

function encodeEntries(entries: Iterable<readonly [string, unknown]>): (readonly [string, unknown])[] {
  return Array.from(entries, ([key, value]) => [key, encode(value)] as const);
}

function decode(json: unknown): unknown {
  if (!isObject(json)) return json;
  if (Array.isArray(json)) return json.map(decode);
  switch (json[MARK]) {
    case undefined:
      return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, decode(value)]));
    case "undefined":
      return undefined;
    case "number":
      return Number(json["value"]);
    case "bytes":
      return new Uint8Array(Buffer.from(String(json["value"]), "base64"));
    case "table":
      return Table.from(decodeEntries(json["entries"]));
    case "object":
      return Object.fromEntries(decodeEntries(json["entries"]));
    default:
      throw new Error(`not a Cloud: unknown mark ${JSON.stringify(json[MARK])}`);
  }
}

function decodeEntries(entries: unknown): (readonly [string, unknown])[] {
  return (entries as readonly (readonly [string, unknown])[]).map(([key, value]) => [key, decode(value)] as const);
}
