// What `signalbox validate` costs beside parsing the same file: CPU of whole processes, the median of several runs.
//   node scripts/bench-validate.mjs [runs]      after `npm run build`
// Ends with 1 when 10,000 names cost more than 1.5 times what parsing them costs, or more than 12 times 1,000 names.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = pathToFileURL(join(root, "dist/signalbox.js")).href;
const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
const runs = Number(process.argv[2] ?? 3);
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1"];

function manifest(names) {
  const lines = ["version: 1", "name: storefront", "scopeId: 7f3k9q", "zones:", "  example.com:"];
  lines.push("certificates:", '  wild: { domains: ["*.example.com"] }', "apis:");
  for (let index = 0; index < names; index += 1) {
    lines.push(`  n${index}.example.com:`, "    certificate: wild", "    regions:");
    for (const region of REGIONS)
      lines.push(`      ${region}: { restApi: r${index}${region.replaceAll("-", "")}, stage: prod, basePath: v1 }`);
  }
  return `${lines.join("\n")}\n`;
}

/** Runs a program in a process of its own, which says at its end what CPU it has used: milliseconds. */
function cpu(code, file) {
  const tell =
    "process.on('exit', () => { const { user, system } = process.cpuUsage(); console.error(`CPU ${(user + system) / 1000}`); });";
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", `${tell}\n${code}`, "--", "validate", file],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(/CPU ([0-9.]+)/.exec(stderr)?.[1]);
}

/** What a bare script needs to parse the file, with what a reader with positions asks for. */
const PARSE = `
  import { readFileSync } from "node:fs";
  import { LineCounter, parseDocument } from "yaml";
  const lineCounter = new LineCounter();
  parseDocument(readFileSync(process.argv.at(-1), "utf8"), { prettyErrors: false, uniqueKeys: false, lineCounter });`;
/** The program itself, which reads its arguments from the second on. */
const VALIDATE = `process.argv.splice(1, 0, "signalbox"); await import(${JSON.stringify(program)});`;

function median(code, file) {
  const all = Array.from({ length: runs }, () => cpu(code, file)).toSorted((a, b) => a - b);
  return all[Math.floor(runs / 2)];
}

const found = [1_000, 10_000].map((names) => {
  const file = join(folder, `${names}.yaml`);
  writeFileSync(file, manifest(names));
  const [parse, validate] = [median(PARSE, file), median(VALIDATE, file)];
  const row = `${String(names).padStart(6)} names × ${REGIONS.length} Regions: parse ${parse.toFixed(0)} ms, validate ${validate.toFixed(0)} ms`;
  console.log(`${row}, ratio ${(validate / parse).toFixed(2)}`);
  return { parse, validate };
});
rmSync(folder, { recursive: true });
const [small, large] = found;
const growth = large.validate / small.validate;
console.log(`ten times the names cost ${growth.toFixed(1)} times as much`);
if (large.validate > 1.5 * large.parse || growth > 12) process.exitCode = 1;
