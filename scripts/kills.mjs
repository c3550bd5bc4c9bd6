// Kills everywhere: see test/simulation/kills/kills-cli.ts, which says what it takes.
import { register } from "tsx/esm/api";

register();
await import("../test/simulation/kills/kills-cli.ts");
