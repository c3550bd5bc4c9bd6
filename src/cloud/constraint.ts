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
  checkMembers(constraints, call.input, undefined, broken);
  if (broken.length === 0) return undefined;
  const count = `${broken.length} validation error${broken.length === 1 ? "" : "s"} detected`;
  return { code, message: `${count}: ${broken.join("; ")}`, status: 400 };
}

/** Where a value stands in the request. It becomes text only when something is wrong there: every call is checked. */
interface Place {
  readonly above: Place | undefined;
  readonly step: string;
}

function checkMembers(constraints: Constraints, value: unknown, above: Place | undefined, broken: string[]): void {
  if (typeof value !== "object" || value === null) return;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(fields)) {
    const constraint = Object.hasOwn(constraints, name) ? constraints[name] : undefined;
    const field = fields[name];
    if (constraint === undefined || field === undefined || field === null) continue;
    check(constraint, field, { above, step: name }, broken);
  }
}

function check(constraint: Constraint, value: unknown, place: Place, broken: string[]): void {
  for (const rule of brokenRules(constraint, value)) {
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    broken.push(`Value '${shown}' at '${pathTo(place)}' failed to satisfy constraint: Member must ${rule}`);
  }
  if (constraint.members !== undefined) checkMembers(constraint.members, value, place, broken);
  if (constraint.each === undefined || typeof value !== "object" || value === null) return;
  const list = Array.isArray(value);
  for (const [key, item] of Object.entries(value)) {
    check(constraint.each, item, { above: place, step: `${list ? Number(key) + 1 : key}.member` }, broken);
  }
}

function pathTo({ above, step }: Place): string {
  const name = step.endsWith(".member") ? step : memberName(step);
  return above === undefined ? name : `${pathTo(above)}.${name}`;
}

const NONE: readonly string[] = [];

/** Worded as AWS words them: "Member must …". */
function brokenRules(constraint: Constraint, value: unknown): readonly string[] {
  const { pattern, values } = constraint;
  const broken = brokenBounds(constraint, value);
  if (typeof value !== "string" || (pattern === undefined && values === undefined)) return broken;
  return [
    ...broken,
    ...(values === undefined || values.includes(value) ? [] : [`satisfy enum value set: [${values.join(", ")}]`]),
    ...(pattern === undefined || wholly(pattern, value)
      ? []
      : [`satisfy regular expression pattern: ${pattern.source}`]),
  ];
}

function brokenBounds({ min, max }: Constraint, value: unknown): readonly string[] {
  if (min === undefined && max === undefined) return NONE;
  const [size, what] = sizeOf(value);
  return [
    ...(min !== undefined && size < min ? [`have ${what} greater than or equal to ${min}`] : NONE),
    ...(max !== undefined && size > max ? [`have ${what} less than or equal to ${max}`] : NONE),
  ];
}

function sizeOf(value: unknown): readonly [number, string] {
  if (typeof value === "number") return [value, "value"];
  if (typeof value === "string") return [Array.from(value).length, "length"];
  if (Array.isArray(value) || value instanceof Uint8Array) return [value.length, "length"];
  return [Object.keys(value ?? {}).length, "length"];
}

const wholly = (pattern: RegExp, text: string): boolean => pattern.exec(text)?.[0] === text;

/** AWS writes member paths with a small first letter, whatever follows: `idempotencyToken`, `tTL`, `vPCId`. */
export const memberName = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
