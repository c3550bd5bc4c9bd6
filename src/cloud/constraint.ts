import type { Call, Fault } from "./call.ts";

/**
 * What AWS's front end demands of one member of a request before the service itself looks at it. The SDK's schemas
 * tell which members are required, but no length, range, pattern or list of values: those that matter stand in each
 * service's constraints.ts.
 */
export interface Constraint {
  /** Characters of a text, bytes of a blob, items of a list, or the value of a number. */
  readonly min?: number;
  readonly max?: number;
  /** The whole text must match. */
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
  /** Of a structure. */
  readonly members?: Constraints;
  /** Of every item of a list, and every value of a map. */
  readonly each?: Constraint;
}

/** By the member's name, as the SDK has it. */
export type Constraints = Readonly<Record<string, Constraint>>;

/** The constraints of a service's operations, and the code of the fault that a breach gives there. */
export interface ServiceConstraints {
  readonly code: string;
  readonly operations: Readonly<Record<string, Constraints>>;
}

/** The fault that AWS's front end gives for what breaks a constraint; undefined when nothing does. */
export function constraintFault({ code, operations }: ServiceConstraints, call: Call): Fault | undefined {
  const constraints = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
  if (constraints === undefined) return undefined;
  const broken: string[] = [];
  checkMembers(constraints, call.input, "", broken);
  if (broken.length === 0) return undefined;
  const count = `${broken.length} validation error${broken.length === 1 ? "" : "s"} detected`;
  return { code, message: `${count}: ${broken.join("; ")}`, status: 400 };
}

function checkMembers(constraints: Constraints, value: unknown, path: string, broken: string[]): void {
  if (typeof value !== "object" || value === null) return;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const [name, constraint] of Object.entries(constraints)) {
    const here = path === "" ? memberName(name) : `${path}.${memberName(name)}`;
    if (fields[name] !== undefined && fields[name] !== null) check(constraint, fields[name], here, broken);
  }
}

function check(constraint: Constraint, value: unknown, path: string, broken: string[]): void {
  for (const rule of brokenRules(constraint, value)) {
    const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
    broken.push(`Value '${shown}' at '${path}' failed to satisfy constraint: Member must ${rule}`);
  }
  if (constraint.members !== undefined) checkMembers(constraint.members, value, path, broken);
  if (constraint.each === undefined || typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const place = Array.isArray(value) ? Number(key) + 1 : key;
    check(constraint.each, item, `${path}.${place}.member`, broken);
  }
}

/** Worded as AWS words them: "Member must …". */
function brokenRules({ min, max, pattern, values }: Constraint, value: unknown): readonly string[] {
  const broken: string[] = [];
  const [size, what] = sizeOf(value);
  if (min !== undefined && size < min) broken.push(`have ${what} greater than or equal to ${min}`);
  if (max !== undefined && size > max) broken.push(`have ${what} less than or equal to ${max}`);
  if (typeof value !== "string") return broken;
  if (values !== undefined && !values.includes(value)) broken.push(`satisfy enum value set: [${values.join(", ")}]`);
  if (pattern !== undefined && !wholly(pattern, value))
    broken.push(`satisfy regular expression pattern: ${pattern.source}`);
  return broken;
}

function sizeOf(value: unknown): readonly [number, string] {
  if (typeof value === "number") return [value, "value"];
  if (typeof value === "string") return [Array.from(value).length, "length"];
  if (Array.isArray(value) || value instanceof Uint8Array) return [value.length, "length"];
  return [Object.keys(value ?? {}).length, "length"];
}

const wholly = (pattern: RegExp, text: string): boolean => pattern.exec(text)?.[0] === text;

/** AWS writes member paths with a small first letter, and a leading acronym small as a whole: `idempotencyToken`, `vpcId`. */
export const memberName = (name: string): string =>
  name.replace(/^[A-Z]+(?=[A-Z][a-z]|\d|$)|^[A-Z]/, (start) => start.toLowerCase());
