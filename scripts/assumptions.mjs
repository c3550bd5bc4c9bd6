// Writes docs/assumptions.md: everything in src/ that is taken for granted of AWS without a confirmation, from the
// comments that start with "Assumed:". `--check` writes nothing, and fails when the page is not as the code has it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PAGE = "docs/assumptions.md";

const HEAD = `# What is assumed of AWS

Every rule in \`src/cloud/\` names the page of AWS's documentation that it comes from. What no page confirms is marked in the code with \`Assumed:\`, and
stands here, generated from there by \`npm run assumptions\`. The design is to be safe whichever way such a point turns out; where a live account answers
otherwise than the model, a run stops and says so.
`;

/**
 * What a line of code declares: a constant, a function, a member.
 * @param {string} line
 */
const declared = (line) =>
  /^\s*(?:export )?(?:async )?(?:const|function|interface|type|case)? ?"?(\w+)"?\??\s*[:=(<]/.exec(line)?.[1];

/**
 * The assumptions of one file, in their order: each comment's text after "Assumed:" up to its end, with what stands below it.
 * @param {string} text
 * @returns {string[]}
 */
function assumptionsOf(text) {
  /** @type {{ text: string, about: string | undefined, ended: boolean }[]} */
  const found = [];
  /** @type {typeof found[number] | undefined} */
  let open;
  for (const line of text.split("\n")) {
    const comment = /^\s*(?:\/\/|\/?\*\*?)(?!\/) ?(.*)$/.exec(line)?.[1]?.replace(/\s*\*\/$/, "");
    const start = comment === undefined ? undefined : /^Assumed: (.*)$/.exec(comment)?.[1];
    if (start !== undefined) found.push((open = { text: start, about: undefined, ended: false }));
    else if (open !== undefined && comment === undefined) {
      open.about = declared(line);
      open = undefined;
    } else if (open !== undefined) {
      if (line.trim() === "/**") open.ended = true; // the docstring of what stands below
      if (comment !== "" && !open.ended) open.text += ` ${comment}`;
    }
  }
  return found.map(({ text: assumed, about }) =>
    about === undefined ? capitalized(assumed) : `\`${about}\`: ${assumed}`,
  );
}

/** @param {string} text */
const capitalized = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;

const files = readdirSync(join(root, "src"), { recursive: true })
  .map((name) => join("src", name).replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .toSorted();

/** @type {Map<string, string[]>} */
const folders = new Map();
for (const path of files) {
  const texts = assumptionsOf(readFileSync(join(root, path), "utf8"));
  const folder = dirname(path);
  const lines = texts.map((text) => `- ${text} [\`${path.slice(folder.length + 1)}\`](../${path})`);
  folders.set(folder, [...(folders.get(folder) ?? []), ...lines]);
}

const sections = [...folders]
  .filter(([, lines]) => lines.length > 0)
  .map(([folder, lines]) => `## ${folder}/\n\n${lines.join("\n")}\n`);
const page = [HEAD, ...sections].join("\n");
const count = sections.join("").split("\n- ").length - 1;

if (process.argv.includes("--check")) {
  if (readFileSync(join(root, PAGE), "utf8") !== page) {
    process.stderr.write(`${PAGE} is not as the code has it. Run \`npm run assumptions\`.\n`);
    process.exit(1);
  }
} else {
  writeFileSync(join(root, PAGE), page);
  process.stdout.write(`${PAGE}: ${count} assumptions\n`);
}
