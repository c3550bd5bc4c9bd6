import type { Position } from "../diagnostic/diagnostic.ts";
import type { Draft } from "./draft.ts";
import { keyRangeOf, locate } from "./located.ts";
import type { Located, Path } from "./located.ts";
import type { Positions } from "./manifest.ts";
import type { SourceText } from "./source-text.ts";

/** Where the parts of a manifest stand; worked out when the first is asked for, as most runs never ask. */
export function positionsOf(from: Draft, source: SourceText, root: Located): Positions {
  let found: ReadonlyMap<string, Position> | undefined;
  return {
    get: (key) => {
      found ??= allPositions(from, source, root);
      return found.get(key);
    },
  };
}

function allPositions(from: Draft, source: SourceText, root: Located): ReadonlyMap<string, Position> {
  const found = new Map<string, Position>();
  const add = (key: string, path: Path): void =>
    void found.set(key, source.position(keyRangeOf(locate(root, path).at)));
  if (from.file.account !== undefined) add("account", ["account"]);
  for (const { name, path } of from.zones) add(`zones/${name}`, path);
  for (const { label, path } of from.accounts) add(`accounts/${label}`, path);
  for (const { label, path } of from.certificates) add(`certificates/${label}`, path);
  for (const { name, path } of from.retire) add(`retire/${name}`, path);
  for (const { name, path, regions } of from.apis) {
    add(`apis/${name}`, path);
    for (const part of regions) add(`apis/${name}/regions/${part.region}`, part.path);
  }
  return found;
}
