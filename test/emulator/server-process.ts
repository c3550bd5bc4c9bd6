import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** `node dist/signalbox.js …`, and how it ended. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** The built program: `SIGNALBOX_BUILD_DIR` is where it was built to. */
const PROGRAM = `${process.env["SIGNALBOX_BUILD_DIR"] ?? "dist"}/signalbox.js`;

export function spawnProgram(args: readonly string[]): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) child[name].on("data", (part) => (text[name] += String(part)));
  return { child, ended: once(child, "close").then(([code]) => ({ code: code as number | null, ...text })) };
}

export interface Server extends Running {
  readonly url: string;
}

/** `signalbox local`, serving. */
export async function startServer(state: string, args: readonly string[] = []): Promise<Server> {
  const running = spawnProgram(["local", "--local-state", state, "--format", "json", ...args]);
  let text = "";
  const url = new Promise<string>((resolve) => {
    running.child.stdout?.on("data", (part) => {
      text += String(part);
      if (text.endsWith("}\n")) resolve((JSON.parse(text) as { url: string }).url);
    });
  });
  const started = await Promise.race([url, running.ended]);
  if (typeof started !== "string") throw new Error(`the server ended: ${started.stderr}`);
  return { ...running, url: started };
}

/** As a power cut would end it. */
export async function kill({ child, ended }: Running): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}
