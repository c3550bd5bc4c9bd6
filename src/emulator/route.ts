import type { ApiModel, OperationModel } from "./service-model.ts";

export interface Routed {
  readonly operation: OperationModel;
  /** What stands in the path for each label, decoded. */
  readonly labels: ReadonlyMap<string, string>;
}

interface Route {
  readonly operation: OperationModel;
  readonly segments: readonly string[];
  /** `?mode=import`: needed for the route, and no part of the input. */
  readonly query: readonly (readonly [string, string])[];
}

const tables = new WeakMap<ApiModel, ReadonlyMap<string, readonly Route[]>>();

/** The operation that a REST request asks for. A slash at the end does not matter: some clients write one, others do not. */
export function routeRest(model: ApiModel, method: string, path: string, query: URLSearchParams): Routed | undefined {
  const table = tables.get(model) ?? buildTable(model);
  const segments = segmentsOf(path);
  for (const route of table.get(method) ?? []) {
    if (route.query.some(([key, value]) => query.get(key) !== value)) continue;
    const labels = match(route.segments, segments);
    if (labels !== undefined) return { operation: route.operation, labels };
  }
  return undefined;
}

/** The keys of the static query in an operation's URI. */
export function staticQueryKeys(operation: OperationModel): readonly string[] {
  return [...staticQuery(operation).keys()];
}

/** Routes by method, the most literal first, then those with the longer static query. */
function buildTable(model: ApiModel): ReadonlyMap<string, readonly Route[]> {
  const table = new Map<string, Route[]>();
  for (const operation of model.operations.values()) {
    const [path = ""] = operation.uri.split("?");
    const route: Route = { operation, segments: segmentsOf(path), query: [...staticQuery(operation)] };
    table.set(operation.method, [...(table.get(operation.method) ?? []), route]);
  }
  for (const routes of table.values())
    routes.sort((a, b) => literals(b) - literals(a) || b.query.length - a.query.length);
  tables.set(model, table);
  return table;
}

const staticQuery = (operation: OperationModel): URLSearchParams =>
  new URLSearchParams(operation.uri.split("?")[1] ?? "");
const segmentsOf = (path: string): string[] => path.replace(/^\/+|\/+$/g, "").split("/");
const literals = (route: Route): number => route.segments.filter((segment) => !segment.startsWith("{")).length;

function match(template: readonly string[], segments: readonly string[]): ReadonlyMap<string, string> | undefined {
  const greedy = template.at(-1)?.endsWith("+}") ?? false;
  if (greedy ? segments.length < template.length : segments.length !== template.length) return undefined;
  const labels = new Map<string, string>();
  for (const [index, part] of template.entries()) {
    const isLabel = part.startsWith("{");
    const actual = isLabel && part.endsWith("+}") ? segments.slice(index).join("/") : (segments[index] ?? "");
    if (isLabel ? actual === "" : actual !== part) return undefined;
    if (isLabel) labels.set(part.replace(/^\{|\+?\}$/g, ""), decode(actual));
  }
  return labels;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray percent sign: the operation will not find what it names
  }
}
