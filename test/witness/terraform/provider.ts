import { existsSync, readdirSync, type Dirent } from "node:fs";
import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const BINARY = /^terraform-provider-aws_v\d/;
/** A mirror has it five folders below itself. */
const DEPTH_MAX = 8;
const SKIPPED = new Set(["proc", "sys", "dev", "run", "tmp", "node_modules", ".git", ".terraform"]);

/** The provider's program: TF_PROVIDER_AWS, else the newest below the folders that Terraform takes as mirrors, else anywhere. Undefined: none. */
export function findProvider(): string | undefined {
  const named = process.env["TF_PROVIDER_AWS"];
  if (named !== undefined && named !== "") return existsSync(named) ? named : undefined;
  const usual = [
    join(homedir(), ".terraform.d"),
    join(homedir(), ".local/share/terraform"),
    "/usr/local/share/terraform",
    "/usr/share/terraform",
  ];
  for (const folder of [...usual, "/"]) {
    const found = programsBelow(folder, DEPTH_MAX).toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
    if (found.length > 0) return found.at(-1);
  }
  return undefined;
}

function programsBelow(folder: string, depth: number): readonly string[] {
  if (depth === 0) return [];
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : programsBelow(path, depth - 1);
    return entry.isFile() && BINARY.test(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // not there, or not ours to read
  }
}

/** Writes Terraform's own configuration: the provider comes from where it was found, and from no network. */
export async function writeCliConfig(file: string, provider: string): Promise<void> {
  const mirror = /^(.*)\/registry\.terraform\.io\/hashicorp\/aws\/[^/]+\/[^/]+\/[^/]+$/.exec(provider)?.[1];
  const source =
    mirror === undefined
      ? `dev_overrides { "hashicorp/aws" = ${JSON.stringify(dirname(provider))} }\n  direct {}`
      : `filesystem_mirror { path = ${JSON.stringify(mirror)} }`;
  await writeFile(file, `disable_checkpoint = true\nprovider_installation {\n  ${source}\n}\n`);
}
