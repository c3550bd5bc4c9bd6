// The simulation: see test/simulation/simulate-cli.ts, which says what it takes.
import { register } from "tsx/esm/api";

register();
await import("../test/simulation/simulate-cli.ts");
