import { createColors } from "picocolors";
import type { Styler } from "../report/styler.ts";
import { plainStyler } from "../report/styler.ts";
import { wantsColour } from "./io.ts";
import type { Io, Output } from "./io.ts";

/** How to dress text for this output. `flag`: false with `--no-color`. */
export function stylerFor(output: Output, env: Io["env"], flag: boolean): Styler {
  if (!wantsColour(output, env, flag)) return plainStyler;
  const { bold, dim, red, green, yellow, cyan } = createColors(true);
  return { bold, dim, red, green, yellow, cyan };
}
