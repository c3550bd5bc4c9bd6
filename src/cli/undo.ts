import { basename } from "node:path";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { display, domainName } from "../dns/domain-name.ts";
import type { ApiSection, Manifest } from "../manifest/manifest.ts";
import { checkedHost } from "../desired/checked-host.ts";
import { canonicalJson, isRefused } from "../plan/plan.ts";
import { planUndo, staleness, uncovered } from "../plan/undo.ts";
import type { Undo } from "../plan/undo.ts";
import type { Styler } from "../report/styler.ts";
import { undoAgain } from "./again.ts";
import { inWorld, refuse, withWorld } from "./carry-out.ts";
import type { WayBack } from "./carry-out.ts";
import type { UndoFlags } from "./commands/undo.ts";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import type { LoadedManifest } from "./manifest-file.ts";
import type { World } from "./ports.ts";
import type { Shell } from "./shell.ts";
import { recordedRun } from "./undo-journal.ts";
import type { RecordedRun } from "./undo-journal.ts";

/** `undo`: find what a run changed, and reconcile to what was there before it. */
export const undo = (file: string, flags: UndoFlags, io: Io): Promise<ExitCode> =>
  withWorld(file, flags, io, (loaded, world, shell) => undoIn({ file, flags, loaded }, world, shell));

interface Asked {
  readonly file: string;
  readonly flags: UndoFlags;
  readonly loaded: LoadedManifest;
}

async function undoIn(asked: Asked, world: World, shell: Shell): Promise<ExitCode> {
  const { file, flags, loaded } = asked;
  const run = recordedRun(world.journals, flags.journal, loaded.manifest);
  if ("why" in run) return refuse(shell, run.why, run.help);
  const planned = planUndo(run);
  const problems = [...planned.diagnostics, ...unconfirmed(planned, flags)];
  if (problems.length > 0) return refuseWith(shell, problems);
  const idle = (flags.retire ?? []).find((name) => !planned.retires.includes(domainName(name)));
  if (idle !== undefined) return refuse(shell, `undoing this run does not take ${idle} out of service`);
  // Limits and the drain bound what a run may do now: they are those of the file, not those of then.
  const { limits, drainMinimumSeconds } = loaded.manifest;
  const manifest: Manifest = { ...planned.manifest, file, limits, drainMinimumSeconds };
  const task = {
    goal: "converge",
    flags,
    loaded: { ...loaded, manifest },
    again: undoAgain(file, run.file, flags.retire ?? [], flags),
    back: wayBack(asked, run, planned, manifest),
  } as const;
  return inWorld(task, world, shell);
}

/** As with `retire`, a name goes out of service only where somebody has written it down. */
function unconfirmed({ retires }: Undo, flags: UndoFlags): readonly Diagnostic[] {
  const named = new Set((flags.retire ?? []).map(domainName));
  return retires
    .filter((name) => !named.has(name))
    .map((name) => ({
      code: "UNDO_RETIRES",
      severity: "error",
      subject: display(name),
      message: `${display(name)} was not in service before that run: to undo it is to take ${display(name)} out of service.`,
      help: `If that is what you want, add \`--retire ${display(name)}\`.`,
    }));
}

function wayBack(asked: Asked, run: RecordedRun, planned: Undo, manifest: Manifest): WayBack {
  const { file, loaded } = asked;
  const kept = inEffect(loaded.manifest) === inEffect(manifest);
  const mend = kept
    ? undefined
    : `${file} still says what that run brought about, or something else: change it back before the next \`signalbox reconcile\`.`;
  return {
    preface: (style) => preface(run, planned, style),
    document: { journal: run.file, irreversible: planned.irreversible, retires: planned.retires.map(display) },
    afterwards: mend,
    undoes: basename(run.file),
    end: run.end,
    regions: run.manifest.apis.flatMap((api) => api.regions.map(({ region }) => region)),
    against: ({ seen, plan }) => {
      const stale = staleness(planned, run.end, seen.cloud);
      if (stale.length > 0 || isRefused(plan)) return stale;
      return uncovered(planned, run.before, seen.cloud, plan);
    },
  };
}

/** What a manifest wants, without where it stands. */
const inEffect = (manifest: Manifest): string => {
  const { name, tags, certificates, apis, retire } = manifest;
  const shared = sharedHosts(manifest);
  return canonicalJson({ name, tags, certificates, apis: apis.map((api) => withPlainGate(api, shared)), retire });
};

/** A gate that no other name shares is the name's own, however the manifest says it. */
function withPlainGate(api: ApiSection, shared: ReadonlySet<string>): ApiSection {
  const { healthCheck, regions } = api;
  if (healthCheck?.gate !== "own" || regions.some((region) => shared.has(checkedHost(healthCheck, region)))) return api;
  return { ...api, healthCheck: { ...healthCheck, gate: "shared" } };
}

function sharedHosts({ apis }: Manifest): ReadonlySet<string> {
  const hosts = apis.flatMap(({ healthCheck, regions }) =>
    healthCheck === undefined ? [] : regions.map((region) => checkedHost(healthCheck, region)),
  );
  return new Set(hosts.filter((host, index) => hosts.indexOf(host) !== index));
}

function preface({ file }: RecordedRun, { irreversible, retires }: Undo, style: Styler): string {
  const lines = [
    `${style.bold("Undo")} what a run did`,
    `Journal: ${file}`,
    ...retires.map((name) => `  ${display(name)} goes out of service`),
    ...(irreversible.length === 0 ? [] : ["What does not come back as it was:"]),
    ...irreversible.map((each) => `  ${each}`),
  ];
  return `${lines.join("\n")}\n\n`;
}

function refuseWith(shell: Shell, diagnostics: readonly Diagnostic[]): ExitCode {
  shell.diagnose(diagnostics);
  shell.result(
    () => "Refused: nothing was changed",
    () => ({ version: 1, outcome: "refused", writes: 0, diagnostics }),
  );
  return EXIT.refused;
}
