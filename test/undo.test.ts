import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { editByHand } from "./cli/edit-by-hand.ts";
import { EXAMPLE, folder, signalbox } from "./cli/session.ts";
import type { Ended } from "./cli/session.ts";

let place: ReturnType<typeof folder>;
let state: string;
beforeEach(() => {
  place = folder();
  state = place.path("state.json");
});
afterEach(() => place.remove());

const original = readFileSync(EXAMPLE, "utf8");
let written = 0;

/** A manifest in a file of its own. */
function file(text: string): string {
  const path = place.path(`manifest-${(written += 1)}.yaml`);
  writeFileSync(path, text);
  return path;
}

const local = (): readonly string[] => ["--local", "--local-state", state];

const run = (command: string, manifest: string, ...flags: readonly string[]): Promise<Ended> =>
  signalbox([command, manifest, ...local(), ...flags]);

/** The same, stopped at the moment when its display says this. */
function stopped(at: string, command: string, manifest: string, ...flags: readonly string[]): Promise<Ended> {
  const stop = new AbortController();
  const watch = (text: string): void => void (text.includes(at) && stop.abort());
  return signalbox([command, manifest, ...local(), "--yes", ...flags], { signal: stop.signal, watch });
}

async function applied(text: string, ...flags: readonly string[]): Promise<string> {
  const manifest = file(text);
  const ended = await run("reconcile", manifest, "--yes", ...flags);
  expect(ended).toMatchObject({ code: 0 });
  return manifest;
}

/** That live is what this manifest wants, and nothing else of ours. */
async function expectLive(manifest: string): Promise<void> {
  const planned = await run("plan", manifest);
  expect(planned.stdout + planned.stderr).toContain("Nothing to do: all is as the manifest says");
}

const replaced = (...pairs: readonly (readonly [string | RegExp, string])[]): string =>
  pairs.reduce((text, [from, to]) => {
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`nothing to replace: ${String(from)}`);
    return changed;
  }, original);

const journals = (): readonly string[] => readdirSync(place.path("journal")).toSorted();

const health = [/ {4}healthCheck:\n(?: {6}.*\n)+/u, ""] as const;
const west = ["      us-west-2: { restApi: 8h2jk1xxxx, stage: prod, basePath: v1 }\n", ""] as const;
const irish = [west[0], `${west[0]}      eu-west-1: { restApi: 3c9mn2xxxx, stage: prod, basePath: v1 }\n`] as const;
const otherNames = ['      - "*.shop.example.com"', '      - "*.api.example.com"'] as const;
const retired = ["# retire:\n#   - old.example.com", "retire: [shop.example.com]"] as const;
const withoutApi = [/\napis:\n(?: .*\n|\n)+(?=#)/u, "\n"] as const;

const key = "    certificate: storefront\n";
const routed = (policy: string, east: string, other: string): string =>
  replaced(
    [key, `${key}    routing: ${policy}\n`],
    ["2wkt1cxxxx, stage: prod,", `2wkt1cxxxx, stage: prod, ${east},`],
    ["8h2jk1xxxx, stage: prod,", `8h2jk1xxxx, stage: prod, ${other},`],
  );
/** A second name on the same REST APIs: with a gate of its own, or at the first one's. */
function twoNames(gate: string, second: string): string {
  const [api = ""] = /\n {2}shop\.example\.com:.*\n(?: {4}.*\n|\n)+/u.exec(original) ?? [];
  if (api === "") throw new Error("no API");
  const of = (text: string, word: string): string => text.replace("gate: true", `gate: ${word}`);
  return original.replace(
    api,
    `${of(api, gate)}${of(api, second).replace("shop.example.com:", "a.shop.example.com:")}`,
  );
}

const weighted = routed("weighted", "weight: 90", "weight: 10");
const failover = routed("failover", "role: primary", "role: secondary");
const exchanged = routed("failover", "role: secondary", "role: primary");
const simple = replaced([key, `${key}    routing: simple\n`], west, health);

describe("undo brings back what was there before a run", () => {
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    ["the path of the health checks", original, replaced(["path: /prod/healthcheck", "path: /prod/other"]), []],
    ["their interval, which makes new ones", original, replaced(["intervalSeconds: 30", "intervalSeconds: 10"]), []],
    ["no gate any more", original, replaced(["gate: true", "gate: false"]), []],
    ["a gate of its own for each of two names", twoNames("true", "true"), twoNames("own", "own"), []],
    ["one gate for two names", twoNames("own", "own"), twoNames("true", "true"), []],
    ["no health check any more", original, replaced(health), []],
    ["a health check where there was none", replaced(health), original, []],
    [
      "target health evaluated",
      original,
      replaced(["    certificate: storefront\n", "    certificate: storefront\n    evaluateTargetHealth: true\n"]),
      [],
    ],
    [
      "another security policy",
      original,
      replaced(["    certificate: storefront\n", "    certificate: storefront\n    securityPolicy: TLS_1_0\n"]),
      [],
    ],
    ["shares in place of the nearest Region", original, weighted, []],
    ["other shares", weighted, weighted.replace("weight: 90", "weight: 40"), []],
    ["a primary and a secondary", original, failover, []],
    ["their roles exchanged", failover, exchanged, []],
    ["one Region alone, by one record", original, simple, []],
    ["CNAMEs in place of aliases", original, replaced([key, `${key}    record: cname\n    ttl: 120\n`]), []],
    ["another mapping", original, replaced(["basePath: v1 }", "basePath: v2 }"]), []],
    ["a Region added", original, replaced(irish), []],
    ["a Region removed", replaced(irish), original, []],
    ["a certificate swapped", original, replaced(otherNames), []],
    [
      "another key",
      original,
      replaced(["  storefront:\n    domains:", "  storefront:\n    keyAlgorithms: [EC_prime256v1]\n    domains:"]),
      ["--lift", "clientClasses"],
    ],
    ["another value of a tag", original, replaced(["team: payments", "team: checkout"]), []],
    ["a name retired", original, replaced(withoutApi, retired), ["--retire", "shop.example.com"]],
  ];
  test.each(cases)("%s", async (_what, first, second, redo) => {
    const lift = redo[0] === "--lift" ? redo : [];
    const before = await applied(first);
    const after = await applied(second, ...lift);
    const undone = await run("undo", after, "--yes", ...lift);
    expect(undone).toMatchObject({ code: 0 });
    expect(undone.stderr).toContain("change it back before the next `signalbox reconcile`");
    await expectLive(before);
    // The undoing is a run like any other: undone, it is done again.
    const redone = await run("undo", before, "--yes", ...redo);
    expect(redone).toMatchObject({ code: 0 });
    const planned = await run("plan", after, ...lift);
    expect(planned).toMatchObject({ code: 0 });
  });
});

describe("a run that took a name into service", () => {
  test("is undone only when the name is written down, as `retire` asks for", async () => {
    const manifest = await applied(original);
    const refused = await run("undo", manifest, "--yes");
    expect([refused.code, refused.stdout]).toEqual([3, "Refused: nothing was changed\n"]);
    expect(refused.stderr).toContain("error[UNDO_RETIRES]: shop.example.com was not in service before that run");
    expect(refused.stderr).toContain("add `--retire shop.example.com`");

    const undone = await run("undo", manifest, "--yes", "--retire", "shop.example.com");
    expect(undone).toMatchObject({ code: 0 });
    expect(undone.stdout).toContain("  shop.example.com goes out of service\n");
    expect(undone.stdout).toContain("at least 15 min drain");
    expect((await run("destroy", manifest, "--yes")).stdout).toContain("nothing of storefront is there");
  });

  test("`--retire` of a name that stays is a slip", async () => {
    await applied(original);
    const after = await applied(replaced(irish));
    const refused = await run("undo", after, "--yes", "--retire", "shop.example.com");
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("undoing this run does not take shop.example.com out of service");
  });

  test("destroy is undone too", async () => {
    const manifest = await applied(original);
    expect((await run("destroy", manifest, "--yes")).code).toBe(0);
    const undone = await run("undo", manifest, "--yes");
    expect(undone).toMatchObject({ code: 0 });
    expect(undone.stdout).toMatch(/What does not come back as it was:\n(?: {2}.*\n)+\n/u);
    expect(undone.stdout).toMatch(/ {2}certificate\/\S+ \(arn:\S+\) is gone: it is requested anew/u);
    expect(undone.stdout).toMatch(/ {2}api-domain\/\S+ \(\S+\) is gone: it is made anew, with another regional host/u);
    expect(undone.stderr).not.toContain("change it back");
    await expectLive(manifest);
  });
});

test("names whose zone is in another account", async () => {
  const text = readFileSync("manifests/two-accounts.yaml", "utf8");
  const before = await applied(text);
  const after = await applied(text.replace("path: /prod/healthcheck", "path: /prod/other, intervalSeconds: 10"));
  expect((await run("plan", before)).code).toBe(2);
  expect(await run("undo", after, "--yes")).toMatchObject({ code: 0 });
  await expectLive(before);
});

describe("what is refused", () => {
  test("live is no longer as the run left it", async () => {
    const first = await applied(original);
    const second = await applied(replaced(["path: /prod/healthcheck", "path: /prod/other"]));
    const [, older = ""] = journals();
    await applied(replaced(["path: /prod/healthcheck", "path: /prod/third"]));
    const refused = await run("undo", second, "--yes", "--journal", place.path(`journal/${older}`));
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain(
      "error[UNDO_STALE]: health-check/us-east-1/2wkt1cxxxx.execute-api.us-east-1.amazonaws.com",
    );
    expect(refused.stdout).toContain("path was /prod/other and is /prod/third");
    // Undone one after the other, from the last to the first.
    expect((await run("undo", second, "--yes")).code).toBe(0);
    expect((await run("undo", second, "--yes", "--journal", place.path(`journal/${older}`))).code).toBe(0);
    await expectLive(first);
  });

  test("somebody changed a record since", async () => {
    await applied(original);
    const after = await applied(replaced(["path: /prod/healthcheck", "path: /prod/other"]));
    const address = await editByHand(state);
    const refused = await run("undo", after, "--yes");
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain(
      `error[UNDO_STALE]: ${address} is no longer as that run left it: checked was true and is false`,
    );
  });

  test("what no manifest describes: an edit by hand that the run put back", async () => {
    const manifest = await applied(original);
    const address = await editByHand(state);
    await applied(original, "--overwrite", address);
    const refused = await run("undo", manifest, "--yes");
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`error[UNDO_NOT_POSSIBLE]: What ${address} was before that run`);
  });

  test("a limit holds for the way back as well, and can be lifted", async () => {
    await applied(original);
    const more = `${irish[1]}      ap-southeast-2: { restApi: 4d0pq3xxxx, stage: prod, basePath: v1 }\n`;
    const after = await applied(original.replace(west[0], more));
    const refused = await run("undo", after, "--yes");
    expect([refused.code, refused.stdout.includes("error[LIMIT_EXCEEDED]")]).toEqual([3, true]);
    const undone = await run("undo", after, "--yes", "--lift", "regionsRemovedPerRun");
    expect(undone).toMatchObject({ code: 0 });
  });

  test.each([
    ["no run has been here", [], "there is no journal of a run of storefront that wrote something"],
    ["no such journal", ["--journal", "nowhere.jsonl"], "cannot read nowhere.jsonl"],
    ["not a journal", ["--journal", EXAMPLE], "is not a journal of Signalbox"],
  ] as const)("%s", async (_what, flags, why) => {
    const refused = await run("undo", EXAMPLE, "--yes", ...flags);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(why);
    const document = await run("undo", EXAMPLE, "--yes", "--format", "json", ...flags);
    expect(JSON.parse(document.stdout)).toMatchObject({ version: 1, outcome: "refused", writes: 0 });
  });

  test("a journal of a version that wrote the estate otherwise", async () => {
    await applied(original);
    const newest = place.path(`journal/${journals()[0] ?? ""}`);
    writeFileSync(newest, readFileSync(newest, "utf8").replace(/"before":\{"version":\d+/u, '"before":{"version":0'));
    const refused = await run("undo", EXAMPLE, "--yes");
    expect([refused.code, refused.stderr.includes("was written by another version")]).toEqual([3, true]);
  });

  test("another manifest's journal", async () => {
    await applied(original);
    const [journal = ""] = journals();
    const other = file(replaced(["scopeId: 7f3k9q", "scopeId: 1a2b3c"]));
    const refused = await run("undo", other, "--yes", "--journal", place.path(`journal/${journal}`));
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("that journal is of the manifest storefront (scope 7f3k9q), not of this one");
  });

  test("without a terminal and without --yes", async () => {
    expect((await run("undo", EXAMPLE)).code).toBe(3);
  });
});

describe("runs that were stopped", () => {
  test("a run that went on after it was stopped is undone as one", async () => {
    const before = await applied(original);
    const after = file(replaced(irish));
    const half = await stopped("CreateDomainName", "reconcile", after);
    expect(half.code).toBe(130);
    expect((await run("reconcile", after, "--yes")).code).toBe(0);
    const undone = await run("undo", after, "--yes");
    expect(undone).toMatchObject({ code: 0 });
    await expectLive(before);
  });

  test("a first run that was stopped leaves nothing behind when it is undone", async () => {
    const manifest = file(original);
    expect((await stopped("CreateDomainName", "reconcile", manifest)).code).toBe(130);
    const undone = await run("undo", manifest, "--yes", "--retire", "shop.example.com");
    expect(undone).toMatchObject({ code: 0 });
    expect((await run("destroy", manifest, "--yes")).stdout).toContain("nothing of storefront is there");
  });

  test("an undoing that was stopped goes on with the same command", async () => {
    const before = await applied(original);
    const after = await applied(replaced(irish));
    const half = await stopped("drain", "undo", after);
    expect(half).toMatchObject({ code: 130 });
    const [, again = ""] = /Go on with: signalbox (.*)/u.exec(half.stdout) ?? [];
    expect(again).toMatch(/^undo \S+ --journal \S+ --local/u);
    const rest = await signalbox(again.split(" "));
    expect(rest).toMatchObject({ code: 0 });
    await expectLive(before);
  });

  test("so it does without the journal's name", async () => {
    const before = await applied(original);
    const after = await applied(replaced(irish));
    expect((await stopped("drain", "undo", after)).code).toBe(130);
    const rest = await run("undo", after, "--yes");
    expect(rest).toMatchObject({ code: 0 });
    await expectLive(before);
  });

  test("half a line at the end of a journal is what a kill leaves", async () => {
    const before = await applied(original);
    const after = await applied(replaced(["path: /prod/healthcheck", "path: /prod/other"]));
    const newest = place.path(`journal/${journals().at(-1) ?? ""}`);
    const lines = readFileSync(newest, "utf8").split("\n");
    writeFileSync(newest, [...lines.slice(0, -3), '{"type":"st'].join("\n"));
    expect((await run("undo", after, "--yes")).code).toBe(0);
    await expectLive(before);
  });
});

test("--format json: one document, with what does not come back", async () => {
  await applied(original);
  const after = await applied(replaced(["intervalSeconds: 30", "intervalSeconds: 10"]));
  const { code, stdout } = await run("undo", after, "--yes", "--format", "json");
  const document = JSON.parse(stdout) as { readonly undo: { readonly irreversible: readonly string[] } };
  expect(code).toBe(0);
  expect(document).toMatchObject({ outcome: "converged", undo: { retires: [] } });
  expect(document.undo.irreversible[0]).toContain("it is made anew, with another id");
});

test("the questions are asked as in reconcile: no is no", async () => {
  await applied(original);
  const after = await applied(replaced(irish));
  const declined = await signalbox(["undo", after, ...local()], { answer: () => "n" });
  expect(declined.code).toBe(3);
  expect((await run("plan", after)).code).toBe(0);
});
