// The mutants: see test/simulation/mutants/run.ts, which says what it takes.
import { register } from "tsx/esm/api";

register();
await import("../test/simulation/mutants/run.ts");
