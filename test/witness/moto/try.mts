import { spawn } from "node:child_process";
import { openWorld } from "./world.ts";
import { scenarios, killScenarios } from "./scenarios.ts";
const child = spawn("python3", ["-m", "moto.server", "-p", "0"], { env: { ...process.env, MOTO_ACM_VALIDATION_WAIT: "0" }, stdio: ["ignore", "pipe", "pipe"] });
const url: string = await new Promise((r) => { let t = ""; child.stderr.on("data", (c) => { t += c; const m = /http:\/\/127\.0\.0\.1:(\d+)/.exec(t); if (m) r(m[0]); }); });
const all = [...scenarios, ...killScenarios((process.env.POINTS ?? "").split(",").filter(Boolean).map(Number))];
for (const s of all) {
  if (process.argv[2] && !s.name.includes(process.argv[2])) continue;
  const t = Date.now();
  const w = await openWorld(url);
  try { await s.tell(w); console.log("ok  ", s.name, w.log.length, "calls", Date.now() - t, "ms"); }
  catch (e) { console.log("FAIL", s.name, w.log.length, (e as Error).stack?.slice(0, 2500)); if (process.env.LOG) console.log(w.log.map(x => `${x.operation} ${x.region} ${x.status} ${x.complaint.slice(0,300)}`).join("\n")); }
  await w.close();
}
child.kill();
process.exit();
