import { quoted } from "./draft.ts";
import type { Draft } from "./draft.ts";
import type { Path } from "./located.ts";
import type { Report } from "./report.ts";

/** A name that another takes over from goes out of service: nothing else may want it, and only one takes over. */
export function previousNamesAreGone({ apis, retire }: Draft, report: Report): void {
  const listed = new Map<string, Listed>([
    ...retire.map(({ name, path }) => [name, { section: "retire", path, on: "value" }] as const),
    ...apis.map(({ name, path }) => [name, { section: "apis", path, on: "key" }] as const),
  ]);
  const taken = new Set<string>();
  for (const { name, previousName } of apis) {
    if (previousName === undefined) continue;
    const { name: old, path } = previousName;
    if (old === name) report(itself(quoted(name)), path);
    else if (taken.has(old)) report(twice(quoted(old)), path);
    else both(quoted(old), listed.get(old), path, report);
    taken.add(old);
  }
}

/** The certificates under the old key are taken over: the key may stand for nothing else. */
export function previousKeysAreGone({ certificates, certificateByLabel }: Draft, report: Report): void {
  const taken = new Set<string>();
  for (const { label, previousName: old, path: of } of certificates) {
    if (old === undefined) continue;
    const path = [...of, "previousName"];
    const other = certificateByLabel.get(old);
    const listed: Listed | undefined =
      other === undefined ? undefined : { section: "certificates", path: other.path, on: "key" };
    if (old === label) report(itself(`\`${old}\``), path);
    else if (taken.has(old)) report(twice(`\`${old}\``), path);
    else both(`\`${old}\``, listed, path, report);
    taken.add(old);
  }
}

interface Listed {
  readonly section: string;
  readonly path: Path;
  readonly on: "key" | "value";
}

/** Told at both places: which of the two is the slip, only the author knows. */
function both(old: string, listed: Listed | undefined, path: Path, report: Report): void {
  if (listed === undefined) return;
  const { section } = listed;
  const code = "PREVIOUS_NAME_LISTED";
  const help =
    section === "retire"
      ? "Remove it from `retire`: `previousName` says so already."
      : "Remove `previousName`, or the entry of the old name.";
  report({ code, message: `${old} is a previous name here, and listed under \`${section}\`.`, help }, path);
  report(
    { code, message: `${old} is listed here, and is the previous name of another.`, help },
    listed.path,
    listed.on,
  );
}

const itself = (old: string) =>
  ({
    code: "PREVIOUS_NAME_LISTED",
    message: `${old} is its own previous name.`,
    help: "Remove `previousName`, or write what it was called before.",
  }) as const;

const twice = (old: string) =>
  ({
    code: "DUPLICATE",
    message: `${old} is a previous name a second time.`,
    help: "Remove one of the two: only one can take over.",
  }) as const;
